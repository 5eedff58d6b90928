import {
  STATEMENT_CURSOR,
  type AccountTreeQuery,
  type BalanceAtQuery,
  type PageQuery,
  type StatementAtQuery,
  type TrialBalanceAtQuery,
  type TurnoverAtQuery,
} from '@app/ledger';
import { bodyError } from './body-reader';
import {
  asItIs,
  AT,
  cursorLike,
  DEPTH,
  given,
  IN_ASSET,
  LIMIT,
  microsOf,
  oneOf,
  ORDER,
  orderOf,
  PREFIX,
  queryOf,
  type Query,
} from './query-reader';

const TIMES = { effectiveAt: AT, recordedAt: AT } as const;
const RANGE = { after: AT, upTo: AT, recordedAt: AT } as const;

const timesOf = (said: { readonly effectiveAt?: string; readonly recordedAt?: string }) => ({
  ...given('effectiveAt', said.effectiveAt, microsOf),
  ...given('recordedAt', said.recordedAt, microsOf),
});

const rangeOf = (said: {
  readonly after?: string;
  readonly upTo?: string;
  readonly recordedAt?: string;
}) => ({
  ...given('from', said.after, microsOf),
  ...given('to', said.upTo, microsOf),
  ...given('recordedAt', said.recordedAt, microsOf),
});

/** `?asset&effectiveAt&recordedAt`. */
export function balanceAsked(path: string, query: Query): BalanceAtQuery {
  const said = queryOf(query, { asset: IN_ASSET, ...TIMES });
  return { path, ...given('asset', said.asset, asItIs), ...timesOf(said) };
}

/** What is asked for: the newest lines as they came, or lines in an order and between moments. */
type StatementAsked =
  | { readonly plain: { readonly path: string; readonly asset: string } & PageQuery }
  | { readonly plain?: undefined; readonly at: StatementAtQuery };

const PLAIN_CURSOR = /^[1-9]\d{0,17}$/;

/** `?asset&by&order&after&upTo&recordedAt&limit&cursor`. */
export function statementAsked(path: string, query: Query): StatementAsked {
  const { asset, limit, cursor, ...said } = queryOf(query, {
    ...{ asset: IN_ASSET, by: oneOf('recorded', 'effective'), order: ORDER, ...RANGE },
    ...{ limit: LIMIT, cursor: cursorLike(STATEMENT_CURSOR, PLAIN_CURSOR) },
  });
  if (asset === undefined) throw bodyError('FIELD_MISSING', 'asset', IN_ASSET.expected);
  const page = { path, asset, ...given('limit', limit, Number), ...given('cursor', cursor, asItIs) };
  const isPlain = Object.keys(said).length === 0;
  if (isPlain && (cursor === undefined || PLAIN_CURSOR.test(cursor))) return { plain: page };
  const by = said.by === 'effective' ? 'effective' : 'recorded';
  if (cursor !== undefined && !fitsOrder(cursor, by)) {
    throw bodyError('FIELD_MALFORMED', 'cursor', 'that of a page with the same other parameters');
  }
  return {
    at: {
      ...{ ...page, by },
      ...given('order', said.order, orderOf),
      ...rangeOf(said),
    },
  };
}

/** A place in the effective order has a time of its own. */
const fitsOrder = (cursor: string, by: 'recorded' | 'effective'): boolean => {
  const place = STATEMENT_CURSOR.exec(cursor);
  return place !== null && (place[3] !== undefined) === (by === 'effective');
};

/** `?asset&after&upTo&recordedAt`. */
export function turnoverAsked(prefix: string, query: Query): TurnoverAtQuery {
  const said = queryOf(query, { asset: IN_ASSET, ...RANGE });
  return { prefix, ...given('asset', said.asset, asItIs), ...rangeOf(said) };
}

/** `?prefix&depth&asset&effectiveAt&recordedAt&limit&cursor`. */
export function treeAsked(query: Query): AccountTreeQuery {
  const said = queryOf(query, {
    ...{ prefix: PREFIX, depth: DEPTH, asset: IN_ASSET, ...TIMES },
    ...{ limit: LIMIT, cursor: cursorLike(/^[a-z0-9/-]{1,200} [A-Za-z0-9/.-]{2,81}$/) },
  });
  return {
    ...given('prefix', said.prefix, asItIs),
    ...given('depth', said.depth, Number),
    ...given('asset', said.asset, asItIs),
    ...timesOf(said),
    ...given('limit', said.limit, Number),
    ...given('cursor', said.cursor, asItIs),
  };
}

/** `?depth&effectiveAt&recordedAt`. */
export function trialBalanceAsked(query: Query): TrialBalanceAtQuery {
  const said = queryOf(query, { depth: DEPTH, ...TIMES });
  return { ...given('depth', said.depth, Number), ...timesOf(said) };
}
