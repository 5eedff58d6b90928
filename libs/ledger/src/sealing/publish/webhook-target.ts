import { createHmac } from 'node:crypto';

import { PATIENCE_MS, type Publication, type PublicationTarget } from './publication-target';

/** Whoever listens gets each note; the same delivery may come twice and says so by its name. */
export class WebhookTarget implements PublicationTarget {
  readonly name = 'webhook';

  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  async publish({ origin, size, note }: Publication): Promise<void> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'tanhui-delivery': `${origin}/${size}`,
        'tanhui-signature': `sha256=${createHmac('sha256', this.key).update(note).digest('hex')}`,
      },
      body: note,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the webhook answered ${response.status}`);
  }
}
