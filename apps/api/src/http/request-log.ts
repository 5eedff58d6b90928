import { write, writeSync } from 'node:fs';

/** Below what a pipe takes in one piece, so that lines of the process's other log never fall into one of these. */
const CHUNK_CHARACTERS = 3_500;
const LATEST_MS = 500;
const STDOUT = 1;

/** What is known of a request that was answered: no address, no query, no body. */
export interface AnsweredRequest {
  readonly id: string;
  readonly method: string;
  /** As it was declared: `/api/v1/books/:book/entries`. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
}

/**
 * One line a request on stdout, in the form of the process's other lines. They are written in chunks and the text is
 * made by hand: a logger that writes each line by itself would cost more than many a request.
 */
export class RequestLog {
  #chunk = '';
  #timer: NodeJS.Timeout | undefined;
  /** The millisecond that was written last: a batch's requests are answered together, and writing a date is slow. */
  #now = { ms: 0, text: '' };

  constructor(private readonly service: string) {}

  /** Fields have no character that JSON escapes: routes and methods are declared in the code, ids are counted. */
  answered({ id, method, route, status, ms }: AnsweredRequest): void {
    this.#chunk +=
      `{"level":30,"time":"${this.now()}","service":"${this.service}","id":"${id}",` +
      `"method":"${method}","route":"${route}","status":${status},"ms":${ms.toFixed(2)},"msg":"request"}\n`;
    if (this.#chunk.length >= CHUNK_CHARACTERS) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), LATEST_MS).unref();
  }

  /** The last lines of a process that ends. */
  close(): void {
    clearTimeout(this.#timer);
    const chunk = this.#chunk;
    this.#chunk = '';
    if (chunk !== '') writeSync(STDOUT, chunk);
  }

  private now(): string {
    const ms = Date.now();
    if (ms !== this.#now.ms) this.#now = { ms, text: new Date(ms).toISOString() };
    return this.#now.text;
  }

  private flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const chunk = this.#chunk;
    this.#chunk = '';
    // Nobody who reads a log is worth a request that fails.
    if (chunk !== '') write(STDOUT, chunk, () => undefined);
  }
}
