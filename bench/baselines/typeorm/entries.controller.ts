import { Body, Controller, Headers, HttpException, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { EntriesService, Refused, type Done, type Line } from './entries.service';

const AMOUNT = /^[1-9]\d{0,15}$/;
const ACCOUNT = /^[a-z0-9-]+(?:\/[a-z0-9-]+)*$/;

/** The same request and answer as the ledger's own door. Read by hand: a validation pipe would only slow it. */
@Controller('books/:book/entries')
export class EntriesController {
  constructor(private readonly entries: EntriesService) {}

  @Post()
  async post(
    @Headers('idempotency-key') key: string | undefined,
    @Body() body: { kind?: unknown; postings?: unknown },
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    if (!key || typeof body.kind !== 'string' || !Array.isArray(body.postings)) throw malformed();
    const lines = body.postings.map(lineOf);
    const sum = lines.reduce((total, { amount }) => total + amount, 0n);
    if (lines.length < 2 || sum !== 0n) throw malformed();
    try {
      const done = await this.entries.post({ key, kind: body.kind, lines });
      if (done.replayed) reply.status(200).header('Idempotency-Replayed', 'true');
      return present(done);
    } catch (error) {
      if (error instanceof Refused) throw new HttpException({ code: error.message }, 409);
      throw error;
    }
  }
}

const malformed = (): HttpException => new HttpException({ code: 'MALFORMED' }, 422);

function lineOf(value: unknown): Line {
  const { account, asset, debit, credit } = value as Record<string, unknown>;
  const amount = debit ?? credit;
  if (typeof account !== 'string' || !ACCOUNT.test(account) || typeof asset !== 'string') throw malformed();
  if (typeof amount !== 'string' || !AMOUNT.test(amount)) throw malformed();
  return { account, asset, amount: debit === undefined ? -BigInt(amount) : BigInt(amount) };
}

const present = ({ entry, postings }: Done): object => ({
  id: entry.key,
  seq: entry.seq,
  recordedAt: entry.recordedAt.toISOString(),
  effectiveAt: entry.effectiveAt.toISOString(),
  postings: postings.map(({ path, asset, amount, balanceAfter, version }) => ({
    account: path,
    asset,
    ...(amount.startsWith('-') ? { credit: amount.slice(1) } : { debit: amount }),
    balanceAfter,
    version,
  })),
});
