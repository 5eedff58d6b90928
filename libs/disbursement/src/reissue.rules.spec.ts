import type { ReissueFacts } from './line.store';
import { reissueRefusal } from './reissue.rules';

const returned: ReissueFacts = {
  id: 'line',
  rail: 'fiscal',
  fund: 'indicator',
  source: 'roster',
  party: 'party',
  state: 'returned',
  dueFen: 19_373n,
  batch: 'batch',
  reasonCode: '38',
  reasonClass: 'fix-data',
  failedAccount: 'old',
  account: 'new',
  accountRecordedBy: 'clerk',
  bank: 'PSBC',
  payeeReason: null,
};
const refusal = (change: Partial<ReissueFacts>, amountFen?: bigint) =>
  reissueRefusal(
    { lineId: 'line', ...(amountFen === undefined ? {} : { amountFen }) },
    { ...returned, ...change },
    'payer',
  )?.code;

describe('reissuing a returned line', () => {
  it('is allowed once somebody else has corrected the account', () => {
    expect(refusal({})).toBeUndefined();
    expect(refusal({ accountRecordedBy: 'payer' })).toBe('CORRECTED_BY_ONESELF');
  });

  it('waits for the correction when the data was wrong', () => {
    expect(refusal({ account: 'old' })).toBe('REISSUE_NEEDS_CORRECTION');
  });

  it('needs no other account when the payee or the payer could mend it', () => {
    expect(refusal({ account: 'old', reasonClass: 'payee-must-visit-bank' })).toBeUndefined();
    expect(refusal({ account: 'old', reasonClass: 'payer-fund' })).toBeUndefined();
    expect(refusal({ account: 'old', reasonClass: null, reasonCode: '99' })).toBeUndefined();
  });

  it.each(['pending', 'in-transit', 'paid', 'stopped'] as const)(
    'is refused for a line that is %s',
    (state) => {
      expect(refusal({ state })).toBe('LINE_STATE_WRONG');
    },
  );

  it('never pays more than failed, and less only where the rest can be stopped', () => {
    expect(refusal({}, 19_374n)).toBe('REISSUE_ABOVE_FAILED');
    expect(refusal({}, 0n)).toBe('REISSUE_ABOVE_FAILED');
    expect(refusal({}, 19_373n)).toBeUndefined();
    expect(refusal({}, 1n)).toBeUndefined();
    expect(refusal({ rail: 'market' }, 1n)).toBe('RAIL_CANNOT_STOP');
  });

  it('needs an account, and a line that exists', () => {
    expect(refusal({ account: null })).toBe('REISSUE_WITHOUT_ACCOUNT');
    expect(reissueRefusal({ lineId: 'other' }, undefined, 'payer')?.code).toBe('LINE_UNKNOWN');
  });
});
