import { ok, refuse, type Result } from '@app/kernel';

export type CredentialsRefusal =
  | { readonly code: 'LOGIN_MALFORMED'; readonly login: string; readonly expected: string }
  | { readonly code: 'LOGIN_TAKEN'; readonly login: string }
  | {
      readonly code: 'PASSWORD_WEAK';
      readonly leastLength: number;
      readonly problem: 'short' | 'holds-login';
    };

export const PASSWORD_LENGTH_LEAST = 10;

/** The login of the first administrator. Nobody else may take it, or the first start could not create one. */
export const FIRST_LOGIN = 'admin';

const LOGIN = /^[a-z0-9][a-z0-9._-]{1,62}$/;

/** Logins are typed by hand at many desks: case and surrounding blanks do not count. */
export const loginOf = (typed: string): string => typed.trim().toLowerCase();

export const isLogin = (login: string): boolean => LOGIN.test(login);

/** What a new staff member's login and password must satisfy. Length counts, not the mixture of signs. */
export function checkCredentials(login: string, password: string): Result<void, CredentialsRefusal> {
  if (!isLogin(login)) {
    return refuse({
      code: 'LOGIN_MALFORMED',
      login: login.slice(0, 64),
      expected: '2 to 63 of a-z, 0-9, point, _ and -, beginning with a letter or digit',
    });
  }
  if (login === FIRST_LOGIN) return refuse({ code: 'LOGIN_TAKEN', login });
  if ([...password].length < PASSWORD_LENGTH_LEAST) {
    return refuse({ code: 'PASSWORD_WEAK', leastLength: PASSWORD_LENGTH_LEAST, problem: 'short' });
  }
  if (login.length > 3 && password.toLowerCase().includes(login)) {
    return refuse({ code: 'PASSWORD_WEAK', leastLength: PASSWORD_LENGTH_LEAST, problem: 'holds-login' });
  }
  return ok(undefined);
}
