import { invariant } from '@app/kernel';
import { frameworkProblem, problem, type Problem } from '../http/problem';
import { presentationOf } from '../http/refusal';
import { broken, databaseAway } from '../http/unknown-outcome';
import { ref } from './shapes';
import type { Responses, Response } from './types';

/** What the server refuses before any route does: its code, its status and the framework's own name for it. */
const EDGE: Readonly<Record<string, readonly [number, string]>> = {
  ADDRESS_MALFORMED: [400, 'FST_ERR_BAD_URL'],
  ADDRESS_TOO_LONG: [414, 'FST_ERR_MAX_PARAM_LENGTH'],
  BODY_EMPTY: [400, 'FST_ERR_CTP_EMPTY_JSON_BODY'],
  BODY_NOT_JSON: [400, 'FST_ERR_CTP_INVALID_JSON_BODY'],
  BODY_TOO_LARGE: [413, 'FST_ERR_CTP_BODY_TOO_LARGE'],
  MEDIA_TYPE_UNSUPPORTED: [415, 'FST_ERR_CTP_INVALID_MEDIA_TYPE'],
  ROUTE_UNKNOWN: [404, 'Not Found'],
};

/** What the validation says, of whatever route. */
const INVALID = 'Some fields are not as they should be.';
const NO_TEXT = { field: 'id', problem: 'holds a character that is no text' };

/** Any route of a book may answer these, also one that is open to everybody. */
export const PUBLIC_BOOK = [
  ...['BOOK_UNKNOWN', 'ADDRESS_MALFORMED', 'ADDRESS_TOO_LONG'],
  ...['INTERNAL', 'DATABASE_AWAY'],
];
/** And any route that is not, these. */
export const EVERYWHERE = ['SIGN_IN_REQUIRED', 'POST_REQUIRED', ...PUBLIC_BOOK];
/** And any route that takes a body, these. */
export const WITH_BODY = ['BODY_EMPTY', 'BODY_NOT_JSON', 'BODY_TOO_LARGE', 'MEDIA_TYPE_UNSUPPORTED'];

/**
 * The refusals of a route, one response a status, with an example of each code. `facts` are the members that a code
 * brings besides the fixed ones.
 */
export function refused(codes: readonly string[], facts: Readonly<Record<string, object>>): Responses {
  const byStatus = new Map<number, Problem[]>();
  for (const code of [...new Set(codes)].sort()) {
    const example = exampleOf(code, facts[code] ?? {});
    byStatus.set(example.status, [...(byStatus.get(example.status) ?? []), example]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, problems]) => [String(status), responseOf(problems)]),
  );
}

function responseOf(problems: readonly Problem[]): Response {
  const codes = problems.map(({ code }) => code);
  return {
    description: problems.map(({ code, detail }) => `\`${code}\`: ${detail}`).join('\n\n'),
    ...(problems[0]?.status === 503
      ? { headers: { 'Retry-After': { $ref: '#/components/headers/Retry-After' } } }
      : {}),
    content: {
      'application/problem+json': {
        schema: { allOf: [ref('Problem')], properties: { code: { type: 'string', enum: codes } } },
        examples: Object.fromEntries(problems.map((value) => [value.code, { value }])),
      },
    },
  };
}

function exampleOf(code: string, facts: object): Problem {
  if (code === 'INTERNAL') return broken('req-1');
  if (code === 'DATABASE_AWAY') return databaseAway();
  if (code === 'FIELDS_INVALID') return problem(422, code, INVALID, { errors: [NO_TEXT] });
  const edge = EDGE[code];
  if (edge) return frameworkProblem(edge[0], Object.assign(new Error(code), { code: edge[1] }));
  const known = presentationOf(code);
  invariant(known !== undefined, `the refusal ${code} has a status`);
  return problem(known.status, code, known.detail, facts);
}
