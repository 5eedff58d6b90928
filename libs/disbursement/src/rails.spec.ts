import { RAILS } from './rails';

const place = { fund: 'f', source: 's', party: 'p', batch: 'b' };

describe('the rails', () => {
  it('share no account: money of one never stands on a path of the other', () => {
    const heads = (['fiscal', 'market'] as const).map((name) => {
      const { payable, inTransit, paid, returned } = RAILS[name];
      return [payable, inTransit, paid, returned].map((path) => path(place).split('/')[0]);
    });
    expect(heads[0]?.filter((head) => heads[1]?.includes(head))).toEqual([]);
  });

  it('share no entry kind', () => {
    const kinds = Object.values(RAILS).flatMap((rail) => Object.values(rail.kinds));
    expect(new Set(kinds).size).toBe(kinds.length);
  });

  it('name the source and the batch on the fiscal rail, so that every roster balances by itself', () => {
    expect(RAILS.fiscal.payable(place)).toBe('payable/f/s/p');
    expect(RAILS.fiscal.inTransit(place)).toBe('in-transit/f/s/b');
    expect(RAILS.fiscal.returned(place)).toBe('returned/f/s/b');
    expect(RAILS.fiscal.paid(place)).toBe('paid/f/s');
  });

  it('pay the market rail out of the channel of the supervised account', () => {
    expect(RAILS.market.payable(place)).toBe('payable-market/p/s');
    expect(RAILS.market.paid(place)).toBe('custody/f');
    expect(RAILS.market.stopped).toBeUndefined();
  });
});
