import type { CommitHoldCommand, PlaceHoldCommand, ReleaseHoldCommand } from '@app/ledger';
import { amountOf, AN_INSTANT, bodyError, isInstant, objectOf, optionalTextOf, textOf } from './body-reader';
import { ACCOUNT, ASSET, MEMO, REFERENCE } from './fields';

/** `{from, asset, amount, expiresAt, reference?, memo?}`. */
export function holdOf(id: string, value: unknown): PlaceHoldCommand {
  const body = objectOf(value, '', ['from', 'asset', 'amount', 'expiresAt', 'reference', 'memo']);
  if (body.amount === undefined) throw bodyError('FIELD_MISSING', '/amount', 'the amount to set aside');
  const expiresAt = textOf(
    body,
    { field: 'expiresAt' },
    { fits: isInstant, code: 'INSTANT_MALFORMED', expected: AN_INSTANT },
  );
  const reference = optionalTextOf(body, { field: 'reference' }, REFERENCE);
  const memo = optionalTextOf(body, { field: 'memo' }, MEMO);
  return {
    id,
    from: textOf(body, { field: 'from' }, ACCOUNT),
    asset: textOf(body, { field: 'asset' }, ASSET),
    amount: amountOf(body.amount, '/amount'),
    expiresAt: new Date(expiresAt),
    ...(reference === undefined ? {} : { reference }),
    ...(memo === undefined ? {} : { memo }),
  };
}

/** `{to, amount?}`: all that is left when no amount is said. */
export function commitOf(id: string, hold: string, value: unknown): CommitHoldCommand {
  const body = objectOf(value, '', ['to', 'amount']);
  return { id, hold, to: textOf(body, { field: 'to' }, ACCOUNT), ...amountIn(body.amount) };
}

/** `{amount?}`, or nothing at all: all that is left. */
export function releaseOf(id: string, hold: string, value: unknown): ReleaseHoldCommand {
  return { id, hold, ...amountIn(value === undefined ? undefined : objectOf(value, '', ['amount']).amount) };
}

const amountIn = (value: unknown): { readonly amount?: bigint } =>
  value === undefined ? {} : { amount: amountOf(value, '/amount') };
