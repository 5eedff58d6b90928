import { defineJob, type JobDefinition } from '@app/platform';

const QUEUE = 'cards';

const orderPayload = (json: unknown): { orderId: string } => ({
  orderId: String((json as { orderId: unknown }).orderId),
});
const nothing = (): object => ({});

/** Due when a hold ends: gives the grams of an unpaid order back. */
export const EXPIRE_HOLD: JobDefinition<{ orderId: string }> = defineJob({
  queue: QUEUE,
  name: 'cards.expire-hold',
  attemptsMax: 20,
  leaseSeconds: 60,
  parse: orderPayload,
});

/** Money came after the hold ended: holds grams again or gives the money back. */
export const SETTLE_LATE: JobDefinition<{ orderId: string }> = defineJob({
  queue: QUEUE,
  name: 'cards.settle-late',
  attemptsMax: 20,
  leaseSeconds: 60,
  parse: orderPayload,
});

/** Retires grams for the rides taken in. */
export const RETIRE_RIDES: JobDefinition<object> = defineJob({
  queue: QUEUE,
  name: 'cards.retire-rides',
  attemptsMax: 20,
  leaseSeconds: 120,
  parse: nothing,
});

/** Due the day after a refund window: splits what is past its window and closes the settlements. */
export const SPLIT_ORDERS: JobDefinition<object> = defineJob({
  queue: QUEUE,
  name: 'cards.split-orders',
  attemptsMax: 20,
  leaseSeconds: 120,
  parse: nothing,
});

/** Due the day after a term: retires what is left on the cards. */
export const END_TERMS: JobDefinition<object> = defineJob({
  queue: QUEUE,
  name: 'cards.end-terms',
  attemptsMax: 20,
  leaseSeconds: 120,
  parse: nothing,
});

export const CARDS_JOBS = [EXPIRE_HOLD, SETTLE_LATE, RETIRE_RIDES, SPLIT_ORDERS, END_TERMS] as const;
