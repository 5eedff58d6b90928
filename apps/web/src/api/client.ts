import { readToken, writeToken } from './token';

const BASE = '/api/v1';

/** A refusal of the server (problem+json), or `UNREACHABLE` when it did not answer. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    /** The other members: which row, which account, how much is missing. */
    readonly facts: Readonly<Record<string, unknown>>,
  ) {
    super(code);
  }
}

interface Options {
  readonly body?: unknown;
  /** Sent as it is, under its own type, in place of a body. */
  readonly file?: Blob;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Throws Problem. A 401 with a token means that the session has ended: the token is forgotten. */
async function send<T = unknown>(
  method: string,
  path: string,
  { body, file, headers }: Options = {},
): Promise<T> {
  const response = await ask(method, path, { body, file, headers });
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function ask(method: string, path: string, { body, file, headers }: Options): Promise<Response> {
  const token = readToken();
  const response = await fetch(BASE + path, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(file && { body: file }),
  }).catch(() => {
    throw new Problem(0, 'UNREACHABLE', '', {});
  });
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (problem.code === 'SIGN_IN_REQUIRED') writeToken(null);
  throw problem;
}

async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body !== 'object' || body === null || !('code' in body)) {
    return new Problem(response.status, 'UNREACHABLE', '', {});
  }
  const { code, detail, ...rest } = body as Record<string, unknown>;
  const ENVELOPE = new Set(['type', 'title', 'status']);
  const facts = Object.fromEntries(Object.entries(rest).filter(([name]) => !ENVELOPE.has(name)));
  return new Problem(response.status, String(code), typeof detail === 'string' ? detail : '', facts);
}

export const api = {
  get: <T>(path: string): Promise<T> => send<T>('GET', path),
  post: <T>(path: string, body: unknown = {}, headers?: Record<string, string>): Promise<T> =>
    send<T>('POST', path, { body, headers }),
  put: <T>(path: string, body: unknown): Promise<T> => send<T>('PUT', path, { body }),
  upload: <T>(path: string, file: Blob, type: string): Promise<T> =>
    send<T>('POST', path, { file, headers: { 'content-type': type } }),
  /** A file as it comes. */
  download: async (path: string): Promise<Blob> =>
    (await ask('GET', path, { headers: { accept: '*/*' } })).blob(),
  remove: (path: string): Promise<unknown> => send('DELETE', path),
};

/** Path parts as they stand in an address. */
export const path = (strings: TemplateStringsArray, ...parts: readonly string[]): string =>
  strings.reduce((text, piece, index) => text + encodeURIComponent(parts[index - 1] ?? '') + piece);
