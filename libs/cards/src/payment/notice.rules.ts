import { createHmac, timingSafeEqual } from 'node:crypto';

import { isDay, ok, parseCount, refuse, type Result } from '@app/kernel';
import type { NoticeRefusal } from '../cards.refusals';

/** What a payment channel tells: this order was paid, so much, then. */
export interface PaymentNotice {
  readonly noticeNo: string;
  readonly channel: string;
  readonly orderNo: string;
  readonly amountFen: bigint;
  readonly paidAt: Date;
}

const NOTICE_NO = /^[A-Za-z0-9._:-]{1,100}$/;
const CHANNEL = /^[a-z0-9-]{1,40}$/;
const ORDER_NO = /^[a-z0-9-]{1,40}$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}:\d{2})$/;
const EXPECTED = {
  body: 'a JSON object',
  noticeNo: NOTICE_NO.source,
  channel: CHANNEL.source,
  orderNo: ORDER_NO.source,
  amountFen: 'a positive count of fen, as a string of digits',
  paidAt: 'an instant with its zone, such as 2026-11-20T09:30:00+08:00',
} as const;

/** HMAC-SHA-256 over the exact bytes of the body, in hex, compared in constant time. */
export function isSignedBy(key: string, body: Buffer, signature: string | undefined): boolean {
  if (signature === undefined || !/^[0-9a-f]{64}$/i.test(signature)) return false;
  const expected = createHmac('sha256', key).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
}

/** Reads a signed body. A channel's mistake is named by its field and never guessed at. */
export function readNotice(
  body: Buffer,
): Result<PaymentNotice, Extract<NoticeRefusal, { code: 'NOTICE_MALFORMED' }>> {
  const raw = parse(body);
  if (!raw) return malformed('body');
  const { noticeNo, channel, orderNo, amountFen, paidAt } = raw;
  if (typeof noticeNo !== 'string' || !NOTICE_NO.test(noticeNo)) return malformed('noticeNo');
  if (typeof channel !== 'string' || !CHANNEL.test(channel)) return malformed('channel');
  if (typeof orderNo !== 'string' || !ORDER_NO.test(orderNo)) return malformed('orderNo');
  const amount = typeof amountFen === 'string' ? parseCount(amountFen) : undefined;
  if (amount === undefined || amount === 0n) return malformed('amountFen');
  const instant = typeof paidAt === 'string' ? instantOf(paidAt) : undefined;
  if (!instant) return malformed('paidAt');
  return ok({ noticeNo, channel, orderNo, amountFen: amount, paidAt: instant });
}

function parse(body: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A moment that was, with its zone: `Date.parse` alone takes the 30th of February for the 2nd of March. */
function instantOf(text: string): Date | undefined {
  const day = INSTANT.exec(text)?.[1];
  if (day === undefined || !isDay(day)) return undefined;
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

const malformed = (field: keyof typeof EXPECTED) =>
  refuse({ code: 'NOTICE_MALFORMED' as const, field, expected: EXPECTED[field] });
