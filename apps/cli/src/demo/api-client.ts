type Problem = Readonly<Record<string, unknown>>;

/** A refusal of the product, told with its code and facts. */
export class ApiRefusal extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
    what: string,
  ) {
    super(`${what} → ${status} ${String(problem.code)} ${JSON.stringify(problem).slice(0, 600)}`);
  }
}

interface Sending {
  readonly body?: unknown;
  /** Sent as it is, with its media type, instead of a JSON body. */
  readonly raw?: { readonly type: string; readonly content: Buffer };
  readonly key?: string;
}

/** Speaks to the product over HTTP as one signed-in user. */
export class ApiClient {
  constructor(
    private readonly root: string,
    private readonly token?: string,
  ) {}

  async signIn(user: string, password: string): Promise<ApiClient> {
    const { token } = await this.post<{ token: string }>('/sessions', { user, password });
    return new ApiClient(this.root, token);
  }

  withToken(token: string): ApiClient {
    return new ApiClient(this.root, token);
  }

  get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path, {});
  }

  post<T>(path: string, body: unknown = {}, key?: string): Promise<T> {
    return this.send<T>('POST', path, key === undefined ? { body } : { body, key });
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.send<T>('PUT', path, { body });
  }

  upload<T>(path: string, type: string, content: Buffer): Promise<T> {
    return this.send<T>('POST', path, { raw: { type, content } });
  }

  /** A file as it is. */
  async download(path: string): Promise<Buffer> {
    const response = await this.ask('GET', path, {});
    const bytes = Buffer.from(await response.arrayBuffer());
    if (response.ok) return bytes;
    throw new ApiRefusal(response.status, JSON.parse(bytes.toString('utf8')) as Problem, `GET ${path}`);
  }

  private async send<T>(method: string, path: string, sending: Sending): Promise<T> {
    const response = await this.ask(method, path, sending);
    const text = await response.text();
    const answer = (text === '' ? {} : JSON.parse(text)) as Problem;
    if (!response.ok) throw new ApiRefusal(response.status, answer, `${method} ${path}`);
    return answer as T;
  }

  private ask(method: string, path: string, { body, raw, key }: Sending): Promise<Response> {
    const headers: Record<string, string> = {};
    if (this.token) headers.authorization = `Bearer ${this.token}`;
    if (key) headers['idempotency-key'] = key;
    if (raw) headers['content-type'] = raw.type;
    else if (body !== undefined) headers['content-type'] = 'application/json';
    const payload = raw ? raw.content : body === undefined ? undefined : JSON.stringify(body);
    return fetch(`${this.root}/api/v1${path}`, {
      method,
      headers,
      ...(payload === undefined ? {} : { body: payload }),
    });
  }
}

/** Runs the work for every item, a few at a time. */
export async function eachOf<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array<R>(items.length);
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index]!, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane));
  return results;
}

/** Asks again until the answer is there; says what it waited for when it never comes. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  timeoutMs = 120_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (let pauseMs = 40; ; pauseMs = Math.min(pauseMs * 2, 300)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
