import { setTimeout as sleep } from 'node:timers/promises';

import { backendPid, doneTag, sqlOf, WireReader, type WireMessage } from '../support/postgres-wire';
import type { Link, Watcher } from '../support/tcp-proxy';

/** Moments in the life of a transaction that writes, as the wire shows them. */
export const POINTS = [
  /** The server has not heard of it, or of its beginning only. */
  'before-call',
  /** The posting call is on its way, and half of it arrives. */
  'half-a-call',
  /** The posting call was answered, and nobody hears it. */
  'call-answered',
  /** Everything was done and the COMMIT does not arrive. */
  'before-commit',
  /** The COMMIT arrived, perhaps. */
  'commit-sent',
  /** It is committed and nobody hears it. */
  'committed',
] as const;
export type Point = (typeof POINTS)[number];

export type Blow = 'cut' | 'terminate' | 'stall';

export interface WireFault {
  readonly point: Point;
  readonly blow: Blow;
}

/** How long a stalled piece waits: longer than a batch takes, shorter than anybody's patience. */
const STALL_MS = 40;

/**
 * Watches all connections of a proxy for the one fault that is armed. It strikes once, at the first transaction
 * that posts and gets so far.
 */
export class WireFaults {
  #armed: WireFault | undefined;
  /** How often each point was struck. */
  readonly struck = new Map<string, number>();

  /** @param terminate ends a backend as an administrator does */
  constructor(private readonly terminate: (pid: number) => Promise<void>) {}

  arm(fault: WireFault): void {
    this.#armed = fault;
  }

  /** False when the fault never got its chance. */
  disarm(): boolean {
    const struck = this.#armed === undefined;
    this.#armed = undefined;
    return struck;
  }

  readonly watch = (): Watcher => {
    const [asked, told] = [new WireReader('client'), new WireReader('server')];
    let pid = 0;
    const doors = new Set<string>();
    const posts = (message: WireMessage): boolean => callsDoor(message, doors);
    let isPosting = false;
    const strike = async (at: Point, link: Link, lost?: () => void): Promise<boolean> => {
      const armed = this.#armed;
      if (!armed || armed.point !== at) return false;
      this.#armed = undefined;
      const { point, blow } = armed;
      this.struck.set(`${point} ${blow}`, (this.struck.get(`${point} ${blow}`) ?? 0) + 1);
      if (blow === 'terminate') await this.terminate(pid);
      if (blow === 'stall') await sleep(STALL_MS);
      if (blow === 'cut') {
        lost?.();
        link.cut();
      }
      return blow === 'cut';
    };
    return {
      fromClient: async (bytes, link) => {
        const messages = [...asked.read(bytes)];

        for (const message of messages) {
          const sql = sqlOf(message);
          if (posts(message)) {
            isPosting = true;
            if (await strike('before-call', link)) return;
            const half = (): void => link.toServer(message.bytes.subarray(0, message.bytes.length >> 1));
            if (await strike('half-a-call', link, half)) return;
          }
          if (isPosting && sql?.startsWith('COMMIT')) {
            if (await strike('before-commit', link)) return;
            link.toServer(message.bytes);
            if (await strike('commit-sent', link)) return;
            continue;
          }
          link.toServer(message.bytes);
        }
      },
      fromServer: async (bytes, link) => {
        for (const message of told.read(bytes)) {
          pid = backendPid(message) ?? pid;
          const tag = doneTag(message);
          if (isPosting && tag?.startsWith('SELECT') && (await strike('call-answered', link))) return;
          if (tag === 'COMMIT' || tag === 'ROLLBACK') {
            if (isPosting && (await strike('committed', link))) return;
            isPosting = false;
          }
          link.toClient(message.bytes);
        }
      },
    };
  };
}

/** A call of one of the doors, parsed now or under a name that was given to it earlier on this connection. */
function callsDoor(message: WireMessage, doors: Set<string>): boolean {
  const sql = sqlOf(message);
  if (sql === undefined) return message.type === 'B' && doors.has(textAt(message.body, 1));
  if (!sql.includes('ledger.post_')) return false;
  const name = message.type === 'P' ? textAt(message.body, 0) : '';
  if (name === '') return true;
  // It is called by the message that binds it.
  doors.add(name);
  return false;
}

/** The text with this place among those at the head of a message, each of which ends with a zero byte. */
function textAt(body: Buffer, place: number): string {
  let from = 0;
  for (let at = 0; at < place; at += 1) from = body.indexOf(0, from) + 1;
  return body.toString('latin1', from, body.indexOf(0, from));
}
