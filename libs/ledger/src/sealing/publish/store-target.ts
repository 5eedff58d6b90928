import {
  CheckpointForked,
  PATIENCE_MS,
  placeOf,
  type Publication,
  type PublicationTarget,
} from './publication-target';

const PRECONDITION_FAILED = 412;
/** What S3 answers while another request with the same condition is under way. */
const CONFLICT = 409;

/** An object store that takes PUT and keeps what it has: `If-None-Match: *` makes an object, never a second version. */
export class StoreTarget implements PublicationTarget {
  readonly name = 'store';
  readonly #headers: Record<string, string>;

  constructor(
    private readonly url: string,
    authorization: string | undefined,
  ) {
    this.#headers = authorization === undefined ? {} : { authorization };
  }

  async publish(checkpoint: Publication): Promise<void> {
    const address = `${this.url.replace(/\/$/, '')}/${placeOf(checkpoint).join('/')}`;
    const { status, ok } = await this.call(address, {
      method: 'PUT',
      headers: { ...this.#headers, 'content-type': 'text/plain; charset=utf-8', 'if-none-match': '*' },
      body: checkpoint.note,
    });
    if (ok) return;
    if (status !== PRECONDITION_FAILED && status !== CONFLICT)
      throw new Error(`the store answered ${status}`);
    const there = await this.call(address, { method: 'GET', headers: this.#headers });
    if (!there.ok) throw new Error(`the store answered ${there.status}`);
    if (there.text !== checkpoint.note) throw new CheckpointForked(checkpoint.origin);
  }

  private async call(
    address: string,
    request: RequestInit,
  ): Promise<{ ok: boolean; status: number; text: string }> {
    const response = await fetch(address, { ...request, signal: AbortSignal.timeout(PATIENCE_MS) });
    return { ok: response.ok, status: response.status, text: await response.text() };
  }
}
