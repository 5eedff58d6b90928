import { HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** RFC 9457. `code` is stable; the other members are the facts of the refusal. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly [fact: string]: unknown;
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request is malformed',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  409: 'In conflict with the present state',
  413: 'Too large',
  414: 'The address is too long',
  415: 'Media type not supported',
  422: 'The content was refused',
  429: 'Too many requests',
  503: 'Not at the moment',
};

/** Errors of Fastify and Nest: a body that is not JSON, an unknown route, a failed validation. */
export function frameworkProblem(status: number, error: unknown): Problem {
  const response = error instanceof HttpException ? error.getResponse() : undefined;
  if (typeof response === 'object' && 'code' in response) {
    const { code, detail, ...facts } = response as Record<string, unknown>;
    return problem(status, String(code), typeof detail === 'string' ? detail : String(code), facts);
  }
  const fastifyCode = error instanceof Error && 'code' in error ? String(error.code) : '';
  const [code, detail] = FRAMEWORK[fastifyCode] ??
    BY_STATUS[status] ?? ['REQUEST_REFUSED', 'The request was refused.'];
  return problem(status, code, detail, {});
}

/** What Fastify refuses before there is a route, and so before any filter. */
export function refuseBeforeRouting(error: unknown, _request: FastifyRequest, reply: FastifyReply): void {
  const refused = frameworkProblem(statusOf(error) ?? 400, error);
  void reply.status(refused.status).type('application/problem+json').send(refused);
}

const FRAMEWORK: Readonly<Record<string, readonly [string, string]>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: ['BODY_NOT_JSON', 'The body is not valid JSON. Send one JSON object.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['BODY_EMPTY', 'The body is empty. Send one JSON object.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'MEDIA_TYPE_UNSUPPORTED',
    'Send application/json, or to an import a file as text/csv or .xlsx.',
  ],
  FST_ERR_BAD_URL: ['ADDRESS_MALFORMED', 'The address is not percent-encoded UTF-8.'],
  FST_ERR_MAX_PARAM_LENGTH: ['ADDRESS_TOO_LONG', 'A part of the address is longer than any id or code.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['BODY_TOO_LARGE', 'The body is larger than this route takes.'],
};

const BY_STATUS: Readonly<Record<number, readonly [string, string]>> = {
  400: ['BODY_NOT_JSON', 'The body is not valid JSON. Send one JSON object.'],
  404: ['ROUTE_UNKNOWN', 'There is nothing at this address.'],
  405: ['METHOD_UNKNOWN', 'This address does not take this method.'],
  413: ['BODY_TOO_LARGE', 'The body is larger than this route takes.'],
  415: ['MEDIA_TYPE_UNSUPPORTED', 'Send application/json, or to an import a file as text/csv or .xlsx.'],
};

export function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number')
    return error.statusCode;
  return undefined;
}

export const problem = (status: number, code: string, detail: string, facts: object): Problem => ({
  type: `urn:tanhui:problem:${code.toLowerCase().replaceAll('_', '-')}`,
  title: TITLES[status] ?? 'The request failed',
  status,
  code,
  detail,
  ...facts,
});
