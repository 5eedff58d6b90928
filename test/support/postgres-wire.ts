/** A message of PostgreSQL's protocol: its type and the bytes after the length. */
export interface WireMessage {
  /** `startup` is the first thing a client says and has no type of its own. */
  readonly type: string;
  readonly body: Buffer;
  /** The whole message as it goes over the wire. */
  readonly bytes: Buffer;
}

/** Cuts a direction of a connection into whole messages, whatever pieces it arrives in. */
export class WireReader {
  #rest: Buffer = Buffer.alloc(0);
  #started: boolean;

  constructor(side: 'client' | 'server') {
    this.#started = side === 'server';
  }

  *read(bytes: Buffer): Generator<WireMessage> {
    this.#rest = this.#rest.length ? Buffer.concat([this.#rest, bytes]) : bytes;
    for (;;) {
      const head = this.#started ? 1 : 0;
      if (this.#rest.length < head + 4) return;
      const size = head + this.#rest.readUInt32BE(head);
      if (this.#rest.length < size) return;
      const message = this.#rest.subarray(0, size);
      this.#rest = this.#rest.subarray(size);
      const type = this.#started ? String.fromCharCode(message[0]!) : 'startup';
      this.#started = true;
      yield { type, body: message.subarray(head + 4), bytes: message };
    }
  }
}

/** The SQL of a message that brings some: a simple query, or one to be prepared. */
export function sqlOf({ type, body }: WireMessage): string | undefined {
  if (type === 'Q') return body.toString('utf8', 0, body.length - 1);
  if (type !== 'P') return undefined;
  const from = body.indexOf(0) + 1;
  return body.toString('utf8', from, body.indexOf(0, from));
}

/** What the server says it has done: `COMMIT`, `INSERT 0 1`. */
export const doneTag = ({ type, body }: WireMessage): string | undefined =>
  type === 'C' ? body.toString('latin1', 0, body.length - 1) : undefined;

/** The number of the backend's process, told at the beginning. */
export const backendPid = ({ type, body }: WireMessage): number | undefined =>
  type === 'K' ? body.readUInt32BE(0) : undefined;
