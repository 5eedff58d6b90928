import { createHmac } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import { invariant, ok, parseCount, refuse, type Result } from '@app/kernel';
import { Environment } from '@app/platform';
import {
  PaymentChannel,
  type BankResult,
  type BatchFile,
  type ChannelRefusal,
  type ResultsPage,
} from './payment-channel';

const PATIENCE_MS = 60_000;

/** The bank link: JSON over HTTP, every message under the HMAC of the shared key. */
@Injectable()
export class HttpBankChannel extends PaymentChannel {
  constructor(private readonly environment: Environment) {
    super();
  }

  override get isLinked(): boolean {
    return this.environment.BANK_SIMULATOR_URL !== undefined && this.environment.BANK_KEY !== undefined;
  }

  async submit(file: BatchFile): Promise<Result<void, ChannelRefusal>> {
    const body = JSON.stringify({
      batchNo: file.batchNo,
      bank: file.bank,
      count: file.lines.length,
      totalFen: file.totalFen.toString(),
      digest: file.digest,
      lines: file.lines.map((line) => ({ ...line, amountFen: line.amountFen.toString() })),
    });
    const answer = await this.call('POST', '/batches', body);
    return answer.ok ? ok(undefined) : answer;
  }

  async results(batchNo: string, after: string | undefined): Promise<Result<ResultsPage, ChannelRefusal>> {
    const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`;
    const answer = await this.call('GET', `/batches/${encodeURIComponent(batchNo)}/results${query}`, '');
    return answer.ok ? readPage(answer.value) : answer;
  }

  private async call(
    method: 'GET' | 'POST',
    path: string,
    body: string,
  ): Promise<Result<unknown, ChannelRefusal>> {
    const { BANK_SIMULATOR_URL: bankUrl, BANK_KEY: key } = this.environment;
    invariant(bankUrl !== undefined && key !== undefined, 'a bank link has BANK_SIMULATOR_URL and BANK_KEY');
    try {
      const response = await fetch(bankUrl.replace(/\/$/, '') + path, {
        method,
        headers: {
          'content-type': 'application/json',
          'x-bank-signature': createHmac('sha256', key).update(body).digest('hex'),
        },
        ...(method === 'POST' ? { body } : {}),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (response.ok) return ok(await response.json());
      await response.body?.cancel();
      return response.status >= 500
        ? refuse({ code: 'BANK_UNREACHABLE' })
        : refuse({ code: 'BANK_REFUSED', status: response.status });
    } catch {
      // The driver's error may quote the address and what was sent: nothing of it is kept.
      return refuse({ code: 'BANK_UNREACHABLE' });
    }
  }
}

/** An answer of another shape is the bank's fault, not ours: it is asked again rather than half believed. */
function readPage(json: unknown): Result<ResultsPage, ChannelRefusal> {
  const page = json as { results?: unknown; next?: unknown };
  if (!Array.isArray(page.results)) return refuse({ code: 'BANK_UNREACHABLE' });
  const results = page.results.map(readResult);
  if (results.some((result) => result === undefined)) return refuse({ code: 'BANK_UNREACHABLE' });
  return ok({ results: results as BankResult[], next: String(page.next ?? '') });
}

function readResult(json: unknown): BankResult | undefined {
  const { seq, key, amountFen, result, reason, bankSerial } = json as Readonly<Record<string, unknown>>;
  const amount = typeof amountFen === 'string' ? parseCount(amountFen) : undefined;
  if (typeof seq !== 'number' || typeof key !== 'string' || amount === undefined) return undefined;
  if (result !== 'S' && result !== 'F' && result !== 'P') return undefined;
  return { seq, key, amountFen: amount, result, reason: text(reason), bankSerial: text(bankSerial) };
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value.slice(0, 64) : null);
