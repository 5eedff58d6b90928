import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Logger } from '@app/platform';
import { frameworkProblem, problem, statusOf, type Problem } from './problem';
import { presentationOf, RefusalException } from './refusal';

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
    if (status !== undefined && status < 500) return frameworkProblem(status, error);
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
}
