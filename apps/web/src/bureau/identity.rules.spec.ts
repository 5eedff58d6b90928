import { identityOf } from './identity.rules';

const FIGURES = {
  allotted: '1000',
  fund: '100',
  reserved: '10',
  payable: '20',
  inTransit: '30',
  returned: '40',
  stopped: '50',
  paid: '700',
  recovered: '50',
};

describe('the identity of a budget', () => {
  it('counts everything between reserved and stopped as frozen and leaves no difference', () => {
    expect(identityOf(FIGURES)).toEqual({
      allotted: 1000n,
      available: 100n,
      frozen: 150n,
      paid: 700n,
      recovered: 50n,
      difference: 0n,
    });
  });

  it('shows the fen that is missing', () => {
    expect(identityOf({ ...FIGURES, paid: '699' }).difference).toBe(1n);
  });
});
