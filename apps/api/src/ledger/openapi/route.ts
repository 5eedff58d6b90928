import { EVERYWHERE, WITH_BODY } from '../../openapi/problems';
import { parameterRef } from '../../openapi/shapes';
import type { Operation, Parameter, Ref, Responses, Route } from '../../openapi/types';
import { KEY, QUERY } from './codes';

interface Terms {
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly (Parameter | Ref)[];
  readonly body?: NonNullable<Operation['requestBody']>;
  readonly answers: Responses;
  /** The route's own refusals, besides those that any route of its sort has. */
  readonly codes: readonly string[];
}

const BOOK = parameterRef('book');

/** A route that writes and needs an Idempotency-Key. */
export const keyed = (terms: Terms): Route =>
  write({
    ...terms,
    parameters: [...(terms.parameters ?? []), parameterRef('Idempotency-Key')],
    codes: [...KEY, ...terms.codes],
  });

/** A route that writes what is the same however often it is asked for. */
export function write({ id, tag, parameters = [], body, answers, codes, ...said }: Terms): Route {
  return {
    ...{ operationId: id, tags: [tag], ...said },
    parameters: [BOOK, ...parameters],
    ...(body === undefined ? {} : { requestBody: body }),
    responses: answers,
    codes: [...EVERYWHERE, ...WITH_BODY, ...codes],
  };
}

export function read({ id, tag, parameters = [], answers, codes, ...said }: Omit<Terms, 'body'>): Route {
  return {
    ...{ operationId: id, tags: [tag], ...said },
    parameters: [BOOK, ...parameters],
    responses: answers,
    codes: [...EVERYWHERE, ...QUERY, ...codes],
  };
}
