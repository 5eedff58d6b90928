import type { Draft } from './book';

/** The fields of a request in the order in which a difference is reported. */
const FIELDS: readonly (readonly [string, (draft: Draft) => unknown])[] = [
  ['kind', ({ kind }) => kind],
  [
    'postings',
    ({ asked, legs }) => asked ?? legs.map(({ path, asset, amount }) => `${path} ${asset} ${amount}`).sort(),
  ],
  ['reference', ({ reference }) => reference ?? null],
  ['memo', ({ memo }) => memo ?? null],
  ['effectiveAt', ({ effectiveAt }) => effectiveAt?.toString() ?? null],
  ['reverses', ({ reverses }) => reverses ?? null],
  ['hold', ({ hold }) => (hold ? `${hold.expiresAt} ${hold.endedBy}` : null)],
  ['ends', ({ ends }) => (ends ? `${ends.hold} ${ends.as} ${ends.part === true}` : null)],
  ['conditions', ({ conditions }) => conditionsOf(conditions)],
  ['batch', ({ batch }) => batch ?? null],
];

/** The fields in which two requests differ; none when they are the same request. */
export const differences = (one: Draft, other: Draft): string[] =>
  FIELDS.filter(([, read]) => JSON.stringify(read(one)) !== JSON.stringify(read(other))).map(
    ([name]) => name,
  );

const conditionsOf = (conditions: Draft['conditions']): unknown =>
  conditions?.length
    ? conditions.map(({ path, asset, is, value }) => `${path} ${asset} ${is} ${value}`)
    : null;
