import { createHmac } from 'node:crypto';

import { isSignedBy, readNotice } from './notice.rules';

const BODY = {
  noticeNo: 'n-1',
  channel: 'agent-bank',
  orderNo: 'k20260301-0123456789ab',
  amountFen: '1235',
  paidAt: '2026-03-01T02:00:00.000Z',
};
const bytes = (value: unknown): Buffer =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

describe('the signature of a notice', () => {
  const body = bytes(BODY);
  const signature = createHmac('sha256', 'secret').update(body).digest('hex');

  it('holds for the exact bytes and the shared key', () => {
    expect(isSignedBy('secret', body, signature)).toBe(true);
  });

  it('fails for another key, another byte, a cut or a missing signature', () => {
    expect(isSignedBy('other', body, signature)).toBe(false);
    expect(isSignedBy('secret', bytes({ ...BODY, amountFen: '1236' }), signature)).toBe(false);
    expect(isSignedBy('secret', body, signature.slice(2))).toBe(false);
    expect(isSignedBy('secret', body, undefined)).toBe(false);
  });
});

describe('the body of a notice', () => {
  it('is read into counted fen and an instant', () => {
    expect(readNotice(bytes(BODY))).toEqual({
      ok: true,
      value: { ...BODY, amountFen: 1_235n, paidAt: new Date(BODY.paidAt) },
    });
  });

  it('is refused by the field that is wrong', () => {
    const wrong: [string, unknown][] = [
      ['body', '{'],
      ['body', '[1'],
      ['noticeNo', { ...BODY, noticeNo: '' }],
      ['channel', { ...BODY, channel: 'Agent/Bank' }],
      ['orderNo', { ...BODY, orderNo: undefined }],
      ['amountFen', { ...BODY, amountFen: 1235 }],
      ['amountFen', { ...BODY, amountFen: '12.35' }],
      ['amountFen', { ...BODY, amountFen: '0' }],
      ['amountFen', { ...BODY, amountFen: '-5' }],
      ['paidAt', { ...BODY, paidAt: 'yesterday' }],
      ['paidAt', { ...BODY, paidAt: '2026-03-01' }],
      ['paidAt', { ...BODY, paidAt: '2025-02-30T00:00:00Z' }],
      ['paidAt', { ...BODY, paidAt: '+275760-09-12T00:00:00Z' }],
    ];
    for (const [field, value] of wrong) {
      expect(readNotice(bytes(value))).toEqual({
        ok: false,
        reason: { code: 'NOTICE_MALFORMED', field, expected: expect.any(String) },
      });
    }
  });
});
