import { checkCredentials, loginOf } from './credentials.rules';

const codeOf = (login: string, password: string) => {
  const checked = checkCredentials(login, password);
  return checked.ok ? 'ok' : checked.reason.code;
};

describe('checkCredentials', () => {
  it.each([
    ['a login and a password of ten', 'town.finance', '0123456789', 'ok'],
    ['ten Chinese characters', 'town.finance', '青山绿水金山银山碳汇', 'ok'],
    ['a password of nine', 'town.finance', '012345678', 'PASSWORD_WEAK'],
    ['a password that holds the login', 'finance', 'My-Finance-2026', 'PASSWORD_WEAK'],
    ['a login with a blank', 'town finance', '0123456789', 'LOGIN_MALFORMED'],
    ['a login of one letter', 'a', '0123456789', 'LOGIN_MALFORMED'],
    ['a Chinese login', '财政', '0123456789', 'LOGIN_MALFORMED'],
    ['the login of the first administrator', 'admin', '0123456789', 'LOGIN_TAKEN'],
  ])('%s: %s / %s → %s', (_name, login, password, expected) => {
    expect(codeOf(login, password)).toBe(expected);
  });

  it('reads a login typed with capitals and blanks around it', () => {
    expect(loginOf(' Town.Finance ')).toBe('town.finance');
  });
});
