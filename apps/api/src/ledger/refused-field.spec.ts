import { move, type Condition } from '@app/ledger';
import { pointed } from './refused-field';

const conditions: Condition[] = [{ path: 'c', asset: 'CNY', is: 'version', value: 1n }];
const draft = { legs: [...move('a', 'b', 'CNY', 5n), ...move('a', 'b', 'WATER', 5n)], conditions };

describe('the field that a refusal blames', () => {
  it.each<[Record<string, unknown> & { code: string }, string | undefined]>([
    [{ code: 'ACCOUNT_UNKNOWN', account: 'b', asset: 'WATER' }, '/postings/3/account'],
    [{ code: 'ACCOUNT_KIND_NOT_ALLOWED', account: 'b', kind: 'x' }, '/postings/1/account'],
    [{ code: 'ASSET_UNKNOWN', asset: 'WATER' }, '/postings/2/asset'],
    [{ code: 'BALANCE_INSUFFICIENT', account: 'a', asset: 'CNY' }, '/postings/0/account'],
    [{ code: 'ACCOUNT_UNKNOWN', account: 'c', asset: 'CNY' }, '/conditions/0/account'],
    [{ code: 'CONDITION_FAILED', condition: '0', account: 'c', asset: 'CNY' }, '/conditions/0'],
    [{ code: 'PERIOD_CLOSED' }, '/effectiveAt'],
    [{ code: 'KEY_REUSED', field: 'memo' }, '/memo'],
    [{ code: 'KEY_REUSED', field: 'batch' }, undefined],
    [{ code: 'LANE_FULL' }, undefined],
    [{ code: 'ACCOUNT_UNKNOWN', account: 'elsewhere', asset: 'CNY' }, undefined],
  ])('of %j is %s', (reason, pointer) => {
    expect(pointed(reason, draft, '/entries/7').reason).toEqual(
      pointer === undefined ? reason : { ...reason, pointer: `/entries/7${pointer}` },
    );
  });
});
