import type { OpenAccountCommand } from '@app/ledger';
import { bodyError, objectOf, textOf } from './body-reader';
import { ACCOUNT, ASSET } from './fields';

const FLOOR = /^(?:0|-[1-9]\d{0,15})$/;

/** `{path, asset, side: "debit" | "credit", floor}`; the floor is null or a string of digits, zero or below. */
export function openingOf(value: unknown): OpenAccountCommand {
  const body = objectOf(value, '', ['path', 'asset', 'side', 'floor']);
  const path = textOf(body, { field: 'path' }, ACCOUNT);
  const asset = textOf(body, { field: 'asset' }, ASSET);
  const side = textOf(
    body,
    { field: 'side' },
    {
      fits: (text) => text === 'debit' || text === 'credit',
      code: 'SIDE_UNKNOWN',
      expected: 'debit or credit',
    },
  );
  return { path, asset, side: side === 'debit' ? 1 : -1, floor: floorOf(body.floor) };
}

/** `{asset}`. */
export function closingOf(value: unknown): string {
  return textOf(objectOf(value, '', ['asset']), { field: 'asset' }, ASSET);
}

/** `{asset, floor}`. */
export function floorChangeOf(value: unknown): { readonly asset: string; readonly floor: bigint | null } {
  const body = objectOf(value, '', ['asset', 'floor']);
  return { asset: textOf(body, { field: 'asset' }, ASSET), floor: floorOf(body.floor) };
}

function floorOf(value: unknown): bigint | null {
  const expected = 'null for none, or the least balance as a string of digits, zero or below';
  if (value === undefined) throw bodyError('FIELD_MISSING', '/floor', expected);
  if (value === null) return null;
  if (typeof value !== 'string' || !FLOOR.test(value)) throw bodyError('FLOOR_MALFORMED', '/floor', expected);
  return BigInt(value);
}
