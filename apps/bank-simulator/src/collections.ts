import { createHash } from 'node:crypto';

import { sign } from './signature';

export interface Collection {
  readonly channel: string;
  readonly orderNo: string;
  readonly amountFen: string;
  readonly notifyUrl: string;
}

const TRIES = 5;
const PAUSE_MS = 300;

/** A buyer pays an order at the bank; the bank tells the seller, and tells again until it is heard. */
export async function collect(collection: Collection, bankKey: string, paidAt: Date): Promise<object> {
  const { channel, orderNo, amountFen, notifyUrl } = collection;
  const noticeNo = createHash('sha256')
    .update(`${channel}/${orderNo}/${amountFen}`)
    .digest('hex')
    .slice(0, 24);
  const body = JSON.stringify({ noticeNo, channel, orderNo, amountFen, paidAt: paidAt.toISOString() });
  let status = 0;
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    status = await notify(notifyUrl, body, sign(bankKey, body));
    if (status >= 200 && status < 300) break;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
  }
  return { noticeNo, notified: status };
}

async function notify(url: string, body: string, signature: string): Promise<number> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-bank-signature': signature },
      body,
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
