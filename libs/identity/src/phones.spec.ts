import { phoneOf } from './phones';

describe('phoneOf', () => {
  it.each(['13812345678', '138 1234 5678', '138-1234-5678', '+8613812345678', '0086 138 1234 5678'])(
    'reads %s as one number',
    (typed) => {
      expect(phoneOf(typed)).toEqual({ ok: true, value: '13812345678' });
    },
  );

  it.each(['', '1381234567', '138123456789', '23812345678', '1381234567x', '１３８１２３４５６７８'])(
    'refuses "%s" without repeating it',
    (typed) => {
      const read = phoneOf(typed);
      expect(read).toMatchObject({ ok: false, reason: { code: 'PHONE_MALFORMED' } });
      if (typed) expect(JSON.stringify(read)).not.toContain(typed);
    },
  );
});
