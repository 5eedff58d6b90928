import { timingSafeEqual } from 'node:crypto';

import { Controller, Get, NotFoundException, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Environment, Metrics } from '@app/platform';
import { Public } from '../auth';

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;
/** A proxy on the same machine is a loopback peer that speaks for the whole world, and says so. */
const OF_PROXIES = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'via'];

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
    if (!isNeighbour(request) && !this.hasToken(request)) throw new NotFoundException();
    void reply.type(this.metrics.contentType).send(await this.metrics.text());
  }

  private hasToken({ headers }: FastifyRequest): boolean {
    const { METRICS_TOKEN: token } = this.environment;
    if (token === undefined) return false;
    const [wanted, given] = [Buffer.from(`Bearer ${token}`), Buffer.from(headers.authorization ?? '')];
    return wanted.length === given.length && timingSafeEqual(wanted, given);
  }
}

const isNeighbour = ({ socket, headers }: FastifyRequest): boolean =>
  LOOPBACK.test(socket.remoteAddress ?? '') && OF_PROXIES.every((name) => headers[name] === undefined);
