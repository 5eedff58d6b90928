/** The transaction lost against another one, which says nothing against running it again. */
const LOST_TO_ANOTHER = new Set(['40001' /* serialization_failure */, '40P01' /* deadlock_detected */]);

/** The server or the way to it: going down, starting, out of connections, or the socket is gone. */
const SQLSTATE_AWAY = /^(?:08\w{3}|57P0\d|53300)$/;
const SOCKET_AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
]);
/** The driver gives these no code. */
const DRIVER_AWAY =
  /^(?:Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout|timeout e)/i;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** `deadlock` or `serialization`: run the transaction again. */
export function conflictOf(error: unknown): 'deadlock' | 'serialization' | undefined {
  const code = codeOf(error);
  if (!LOST_TO_ANOTHER.has(code)) return undefined;
  return code === '40P01' ? 'deadlock' : 'serialization';
}

/** True when the database was not there to answer. Whether a commit that was under way happened is then unknown. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  return SQLSTATE_AWAY.test(code) || SOCKET_AWAY.has(code) || DRIVER_AWAY.test(error.message);
}
