import { Controller, Get, NotFoundException, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Environment, mayReadMetrics, Metrics } from '@app/platform';
import { Public } from '../auth';

/** What the process counts, for a Prometheus on the same machine, or for whoever has the token. */
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly environment: Environment,
  ) {}

  /** To anybody else there is nothing at this address. */
  @Public()
  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!mayReadMetrics(request, this.environment.METRICS_TOKEN)) throw new NotFoundException();
    void reply.type(this.metrics.contentType).send(await this.metrics.text());
  }
}
