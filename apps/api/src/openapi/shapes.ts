import type { Content, Parameter, Ref, Response, Schema } from './types';

/** Small words to write shapes with. */
export const ref = (name: string): Ref & Schema => ({ $ref: `#/components/schemas/${name}` });

/** An object whose properties are all there, except those named as optional. */
export const object = (
  properties: Readonly<Record<string, Schema>>,
  optional: readonly string[] = [],
  rest: Schema = {},
): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  ...rest,
});

/** What is sent has no other fields than these: others are refused. */
export const closed = (...args: Parameters<typeof object>): Schema => ({
  ...object(...args),
  additionalProperties: false,
});

export const listOf = (items: Schema, rest: Schema = {}): Schema => ({ type: 'array', items, ...rest });
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
export const text = (pattern: string, rest: Schema = {}): Schema => ({ type: 'string', pattern, ...rest });
export const oneOf = (...words: readonly string[]): Schema => ({ type: 'string', enum: words });

export const json = (schema: Schema, example?: unknown): Content => ({
  'application/json': { schema, ...(example === undefined ? {} : { example }) },
});

export const answer = (description: string, schema: Schema, example?: unknown): Response => ({
  description,
  content: json(schema, example),
});

export const parameterRef = (name: string): Ref => ({ $ref: `#/components/parameters/${name}` });

export const inQuery = (name: string, description: string, schema: Schema): Parameter => ({
  ...{ name, in: 'query', description },
  schema,
});

export const REPLAYED = { 'Idempotency-Replayed': { $ref: '#/components/headers/Idempotency-Replayed' } };
