import { createHmac } from 'node:crypto';

/** The demo's hand on the simulated bank: how it shall behave, and a buyer's payment at its counter. */
export class Bank {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  behave(
    prefix: string,
    behaviour: { seed: string; failPerMille: number; unknownPerMille: number; settleAfterMs: number },
  ): Promise<unknown> {
    return this.post('/control', { prefix, ...behaviour });
  }

  /** Pays an order; the bank then tells the seller by itself. Resolves when the seller was told. */
  async pay(order: {
    channel: string;
    orderNo: string;
    amountFen: string;
    notifyUrl: string;
  }): Promise<void> {
    const answer = (await this.post('/collections', order)) as { notified: number };
    if (answer.notified < 200 || answer.notified >= 300) {
      throw new Error(`The payment notice of order ${order.orderNo} was answered ${answer.notified}.`);
    }
  }

  private async post(path: string, value: object): Promise<unknown> {
    const body = JSON.stringify(value);
    const signature = createHmac('sha256', this.key).update(body).digest('hex');
    const response = await fetch(this.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-bank-signature': signature },
      body,
    });
    if (!response.ok) throw new Error(`The bank simulator answered ${response.status} to ${path}.`);
    return response.json();
  }
}
