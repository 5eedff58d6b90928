import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Logger } from '@app/platform';
import { presentationOf, RefusalException } from './refusal';

/** RFC 9457. `code` is stable; the other members are the facts of the refusal. */
interface Problem {
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
  415: 'Media type not supported',
  422: 'The content was refused',
  429: 'Too many requests',
};

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) return;
    const problem = this.problemOf(error, http.getRequest<FastifyRequest>());
    void reply.status(problem.status).type('application/problem+json').send(problem);
  }

  private problemOf(error: unknown, request: FastifyRequest): Problem {
    if (error instanceof RefusalException) {
      const { code, ...facts } = error.reason;
      const presentation = presentationOf(code);
      if (!presentation) this.logger.error(`refusal ${code} has no presentation`);
      return problem(presentation?.status ?? 422, code, presentation?.detail ?? code, facts);
    }
    const status = statusOf(error);
    if (status !== undefined && status < 500) return this.ofFramework(status, error);
    this.logger.error(
      error instanceof Error ? error : new Error('unknown'),
      undefined,
      `${request.method} ${request.routeOptions.url ?? '?'}`,
    );
    return problem(
      500,
      'INTERNAL',
      'Something broke on our side. Nothing was changed. Try again, then tell the operator.',
      {
        requestId: request.id,
      },
    );
  }

  /** Errors of Fastify and Nest: a body that is not JSON, an unknown route, a failed validation. */
  private ofFramework(status: number, error: unknown): Problem {
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
}

const FRAMEWORK: Readonly<Record<string, readonly [string, string]>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: ['BODY_NOT_JSON', 'The body is not valid JSON. Send one JSON object.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['BODY_EMPTY', 'The body is empty. Send one JSON object.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'MEDIA_TYPE_UNSUPPORTED',
    'Send application/json, or text/csv to an import.',
  ],
  FST_ERR_CTP_BODY_TOO_LARGE: ['BODY_TOO_LARGE', 'The body is larger than this route takes.'],
};

const BY_STATUS: Readonly<Record<number, readonly [string, string]>> = {
  400: ['BODY_NOT_JSON', 'The body is not valid JSON. Send one JSON object.'],
  404: ['ROUTE_UNKNOWN', 'There is nothing at this address.'],
  405: ['METHOD_UNKNOWN', 'This address does not take this method.'],
};

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number')
    return error.statusCode;
  return undefined;
}

const problem = (status: number, code: string, detail: string, facts: object): Problem => ({
  type: `urn:tanhui:problem:${code.toLowerCase().replaceAll('_', '-')}`,
  title: TITLES[status] ?? 'The request failed',
  status,
  code,
  detail,
  ...facts,
});
