import { canonicalHash } from '@app/kernel';
import { move, type EntryDraft } from '../entry';
import { bodyOf, fieldThatDiffers } from './body.rules';

const DRAFT: EntryDraft = {
  id: '00000000-0000-8000-8000-000000000001',
  kind: 'transfer',
  legs: move('a', 'b', 'CNY', 5n),
};

describe('the body of a draft', () => {
  it('is 32 bytes in hex and stays the same from release to release, for it is stored', () => {
    expect(bodyOf(DRAFT).slice(0, 32)).toBe('53be5163ce9885554fced19ee9282574');
  });

  it('does not depend on the id or the order of the legs', () => {
    const other = { ...DRAFT, id: '00000000-0000-8000-8000-000000000002', legs: [...DRAFT.legs].reverse() };
    expect(bodyOf(other)).toBe(bodyOf(DRAFT));
  });

  it.each<[string, Partial<EntryDraft>]>([
    ['kind', { kind: 'other' }],
    ['postings', { legs: move('a', 'b', 'CNY', 6n) }],
    ['postings', { legs: move('a', 'c', 'CNY', 5n) }],
    ['postings', { legs: move('b', 'a', 'CNY', 5n) }],
    ['reference', { reference: '5' }],
    ['memo', { memo: '5' }],
    ['effectiveAt', { effectiveAt: new Date(5) }],
    ['reverses', { reverses: DRAFT.id }],
    ['hold', { hold: { expiresAt: new Date(5), endedBy: 'cards' } }],
    ['ends', { ends: { hold: DRAFT.id, as: 'expire' } }],
    ['conditions', { conditions: [{ path: 'a', asset: 'CNY', is: 'balance', value: 0n }] }],
    ['postings', { asked: 'all' }],
    ['batch', { batch: 'of two' }],
  ])('tells that the %s differs', (field, change) => {
    const other = { ...DRAFT, ...change };
    expect(bodyOf(other).slice(0, 32)).not.toBe(bodyOf(DRAFT).slice(0, 32));
    expect(fieldThatDiffers(bodyOf(DRAFT), other)).toBe(field);
    expect(fieldThatDiffers(bodyOf(other), DRAFT)).toBe(field);
  });

  it('tells the field that differs from a body of before too', () => {
    const stored = '53be5163ce9885554fced19ee92825747708f7ab742374237423742374237423';
    expect(fieldThatDiffers(stored, { ...DRAFT, kind: 'other' })).toBe('kind');
    expect(fieldThatDiffers(stored, { ...DRAFT, memo: '5' })).toBe('memo');
  });

  it('counts what was asked and not the legs that followed from it', () => {
    const asked = { ...DRAFT, asked: 'all that is left to b' };
    expect(bodyOf({ ...asked, legs: move('a', 'b', 'CNY', 6n) })).toBe(bodyOf(asked));
  });

  it('tells a part of a hold from the whole of it', () => {
    const whole: EntryDraft = { ...DRAFT, ends: { hold: DRAFT.id, as: 'commit' } };
    const part: EntryDraft = { ...DRAFT, ends: { hold: DRAFT.id, as: 'commit', part: true } };
    expect(fieldThatDiffers(bodyOf(whole), part)).toBe('ends');
  });

  it.each<[string, Partial<EntryDraft>]>([
    ['text with quotes and line ends', { reference: '川财〔2026〕"1"\n\u0001\\号', memo: 'm' }],
    ['times', { effectiveAt: new Date(5), hold: { expiresAt: new Date(6), endedBy: 'cards' } }],
    ['links', { reverses: DRAFT.id, ends: { hold: DRAFT.id, as: 'expire' } }],
  ])('is the digest of the canonical record, %s included', (_title, change) => {
    const { kind, legs, reference, memo, effectiveAt, reverses, hold, ends } = { ...DRAFT, ...change };
    const record = {
      kind,
      postings: legs.map(({ path, asset, amount }) => `${path} ${asset} ${amount}`).sort(),
      reference: reference ?? null,
      memo: memo ?? null,
      effectiveAt: effectiveAt?.toISOString() ?? null,
      reverses: reverses ?? null,
      hold: hold ? [hold.expiresAt.toISOString(), hold.endedBy] : null,
      ends: ends ? [ends.hold, ends.as] : null,
    };
    expect(bodyOf({ ...DRAFT, ...change }).slice(0, 32)).toBe(canonicalHash(record).slice(0, 32));
  });
});
