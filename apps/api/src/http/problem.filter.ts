import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { isDatabaseAway, Logger, Metrics } from '@app/platform';
import { frameworkProblem, statusOf, type Problem } from './problem';
import { presentationOf, problemOfRefusal, RefusalException } from './refusal';
import { broken, databaseAway } from './unknown-outcome';

@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #refusals;

  constructor(
    private readonly logger: Logger,
    metrics: Metrics,
  ) {
    this.#refusals = metrics.counter({
      name: 'tanhui_refusals_total',
      help: 'Requests that were refused, by code.',
      labels: ['code'],
    });
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) return;
    const problem = this.problemOf(error, http.getRequest<FastifyRequest>());
    if (typeof problem.retryAfterSeconds === 'number') reply.header('retry-after', problem.retryAfterSeconds);
    void reply.status(problem.status).type('application/problem+json').send(problem);
  }

  private problemOf(error: unknown, request: FastifyRequest): Problem {
    if (error instanceof RefusalException) {
      const { code } = error.reason;
      this.#refusals.inc({ code });
      if (!presentationOf(code)) this.logger.error(`refusal ${code} has no presentation`);
      return problemOfRefusal(error.reason);
    }
    const status = statusOf(error);
    if (status !== undefined && status < 500) return frameworkProblem(status, error);
    if (isDatabaseAway(error)) {
      this.logger.warn(`the database is away: ${error instanceof Error ? error.message : ''}`);
      return databaseAway();
    }
    this.logger.error(
      error instanceof Error ? error : new Error('unknown'),
      undefined,
      `${request.method} ${request.routeOptions.url ?? '?'}`,
    );
    return broken(request.id);
  }
}
