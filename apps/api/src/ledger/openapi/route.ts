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

/** What is written into an address by hand may hold what is no text. The book's own code is looked up before that. */
const ofAddress = (parameters: readonly (Parameter | Ref)[]): readonly string[] =>
  parameters.every((one) => '$ref' in one && one.$ref.endsWith('/Idempotency-Key')) ? [] : ['FIELDS_INVALID'];

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
    codes: [...EVERYWHERE, ...WITH_BODY, ...ofAddress(parameters), ...codes],
  };
}

interface ReadTerms extends Omit<Terms, 'body'> {
  /** Whether unknown or malformed parameters are refused; so unless said otherwise. */
  readonly takesQuery?: boolean;
}

export function read({
  id,
  tag,
  parameters = [],
  answers,
  codes,
  takesQuery = true,
  ...said
}: ReadTerms): Route {
  return {
    ...{ operationId: id, tags: [tag], ...said },
    parameters: [BOOK, ...parameters],
    responses: answers,
    codes: [...EVERYWHERE, ...ofAddress(parameters), ...(takesQuery ? QUERY : []), ...codes],
  };
}
