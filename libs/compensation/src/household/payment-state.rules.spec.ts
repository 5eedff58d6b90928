import { PAYMENT_STATES, paymentStateOf, whomToAsk, type LineStanding } from './payment-state.rules';

const standing = (over: Partial<LineStanding>): LineStanding => ({
  rosterState: 'notice',
  lineState: 'included',
  paymentState: null,
  nextPost: null,
  ...over,
});
const words = (over: Partial<LineStanding>): string => PAYMENT_STATES[paymentStateOf(standing(over))].zh;

describe('where a household’s money is', () => {
  it('is told from the notice to the bank and back', () => {
    expect(words({})).toBe('公示中');
    for (const rosterState of ['review', 'approved', 'locking'] as const) {
      expect(words({ rosterState })).toBe('审核中');
    }
    const locked = { rosterState: 'locked' } as const;
    expect(words({ ...locked, paymentState: 'pending' })).toBe('待发');
    expect(words({ ...locked, paymentState: 'in-transit' })).toBe('在途');
    expect(words({ ...locked, paymentState: 'paid' })).toBe('已发');
    expect(words({ ...locked, paymentState: 'returned' })).toBe('退回待处理');
    expect(words({ ...locked, paymentState: 'stopped' })).toBe('停发');
  });

  it('is told by the line where the line went its own way', () => {
    const paid = { rosterState: 'locked', paymentState: 'paid' } as const;
    expect(words({ ...paid, lineState: 'objected' })).toBe('有异议，核实中');
    expect(words({ ...paid, lineState: 'dismissed' })).toBe('异议已核实，待补发');
    expect(words({ ...paid, lineState: 'excluded' })).toBe('异议成立，不予发放');
  });

  it('names the post that has it', () => {
    expect(whomToAsk(standing({}))).toEqual({ post: 'village-clerk', at: 'village' });
    expect(whomToAsk(standing({ rosterState: 'review', nextPost: 'forestry-handler' }))).toEqual({
      post: 'forestry-handler',
      at: 'region',
    });
    expect(whomToAsk(standing({ rosterState: 'locked', paymentState: 'returned' }))).toEqual({
      post: 'town-finance',
      at: 'region',
    });
    expect(whomToAsk(standing({ rosterState: 'locked', paymentState: 'paid' }))).toEqual({
      post: 'payout-centre',
      at: 'county',
    });
  });

  it('is never asked of a line that another roster has taken', () => {
    expect(() => paymentStateOf(standing({ lineState: 'carried' }))).toThrow('carried');
  });
});
