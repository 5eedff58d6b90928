import type { Link, Watcher } from '../support/tcp-proxy';

/** Moments in the life of a request that writes, as the wire shows them. */
export const HTTP_POINTS = ['half-a-request', 'answer-lost', 'half-an-answer'] as const;
export type HttpPoint = (typeof HTTP_POINTS)[number];

/** Watches all connections of a proxy before the api, and cuts the first posting request at the point that is armed. */
export class HttpFaults {
  #armed: HttpPoint | undefined;

  arm(point: HttpPoint): void {
    this.#armed = point;
  }

  /** False when the fault never got its chance. */
  disarm(): boolean {
    const struck = this.#armed === undefined;
    this.#armed = undefined;
    return struck;
  }

  readonly watch = (): Watcher => {
    let isPosting = false;
    const strikes = (point: HttpPoint): boolean => {
      if (!isPosting || this.#armed !== point) return false;
      this.#armed = undefined;
      return true;
    };
    return {
      fromClient: (bytes, link) => {
        if (bytes.toString('latin1', 0, 5) === 'POST ') isPosting = true;
        pass(link, 'toServer', bytes, strikes('half-a-request') ? bytes.length >> 1 : undefined);
      },
      fromServer: (bytes, link) => {
        const kept = strikes('answer-lost') ? 0 : strikes('half-an-answer') ? bytes.length >> 1 : undefined;
        pass(link, 'toClient', bytes, kept);
      },
    };
  };
}

/** All of it, or so many bytes and then nothing any more. */
function pass(link: Link, way: 'toServer' | 'toClient', bytes: Buffer, kept: number | undefined): void {
  link[way](kept === undefined ? bytes : bytes.subarray(0, kept));
  if (kept !== undefined) link.cut();
}
