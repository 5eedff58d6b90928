import { mayReadMetrics } from './may-read-metrics.rules';

const TOKEN = 'metrics-of-a-county-0123456789';
const from = (remoteAddress: string | undefined, headers: Record<string, string> = {}) => ({
  ...{ socket: { remoteAddress }, headers },
});

describe('Metrics are shown', () => {
  it.each(['127.0.0.1', '127.8.0.1', '::1', '::ffff:127.0.0.1'])('to %s on the same machine', (peer) => {
    expect(mayReadMetrics(from(peer), undefined)).toBe(true);
  });

  it.each(['10.0.0.7', '::ffff:10.0.0.7', '2001:db8::1', '1.127.0.1', undefined])('not to %s', (peer) => {
    expect(mayReadMetrics(from(peer), undefined)).toBe(false);
    expect(mayReadMetrics(from(peer), TOKEN)).toBe(false);
  });

  it.each(['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'via'])(
    'not to a neighbour that speaks for others by %s',
    (header) => {
      expect(mayReadMetrics(from('127.0.0.1', { [header]: '127.0.0.1' }), undefined)).toBe(false);
    },
  );

  it('to whoever has the token, wherever from, when there is one', () => {
    const bearer = (text: string) => from('10.0.0.7', { authorization: `Bearer ${text}`, via: 'proxy' });
    expect(mayReadMetrics(bearer(TOKEN), TOKEN)).toBe(true);
    expect(mayReadMetrics(bearer(TOKEN), undefined)).toBe(false);
    expect(mayReadMetrics(bearer(TOKEN.replace('9', '8')), TOKEN)).toBe(false);
    expect(mayReadMetrics(bearer(''), TOKEN)).toBe(false);
    expect(mayReadMetrics(bearer('undefined'), undefined)).toBe(false);
  });
});
