import { idOf } from '@app/kernel';
import type { PostedEntry } from '@app/ledger';
import { wireJson } from '../http/wire-json';
import { postedJson } from './posted-json';
import { presentPosted } from './presenters';

describe('the hottest answer', () => {
  it.each([2, 3])('is, with %i postings, to the letter what the presenter says', (postings) => {
    const recordedAtText = '2026-11-20T09:30:00.123456Z';
    const entry: PostedEntry = {
      id: idOf('entry'),
      seq: 9_007_199_254_740_993n,
      recordedAt: new Date(recordedAtText),
      recordedAtText,
      effectiveAt: new Date(0),
      effectiveAtText: '1970-01-01T00:00:00.000000Z',
      replayed: false,
      postings: Array.from({ length: postings }, (_, i) => ({
        path: `open/a-${i}`,
        asset: i === 0 ? 'CNY' : 'CO2E/610924-2025.g1',
        amount: i === 0 ? 1_000_000_000_000_000n : -1n,
        balanceAfter: BigInt(-i) * 9_000_000_000_000_000_000n,
        version: BigInt(i) + 1n,
      })),
    };
    expect(postedJson(entry)).toBe(wireJson(presentPosted(entry)));
  });
});
