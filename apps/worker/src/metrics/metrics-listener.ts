import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { Injectable } from '@nestjs/common';

import { Environment, Logger, mayReadMetrics, Metrics } from '@app/platform';

/** The worker's only address: `GET /metrics`, for whom the api would show its own. It is off without a port. */
@Injectable()
export class MetricsListener {
  #server: Server | undefined;

  constructor(
    private readonly environment: Environment,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
  ) {}

  /** Throws when the port is taken: a worker that nobody can see is not what was asked for. */
  async start(): Promise<void> {
    const { WORKER_METRICS_PORT: port, WORKER_METRICS_HOST: host } = this.environment;
    if (port === undefined) return;
    this.#server = createServer((request, response) => {
      this.answer(request, response).catch((error: unknown) => {
        this.logger.error(error instanceof Error ? error : new Error('unknown'), undefined, 'metrics');
        response.writeHead(500).end();
      });
    });
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
    this.logger.info('metrics shown', { host, port });
  }

  async stop(): Promise<void> {
    if (!this.#server) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isAsked = request.method === 'GET' && request.url?.split('?', 1)[0] === '/metrics';
    if (!isAsked || !mayReadMetrics(request, this.environment.METRICS_TOKEN)) {
      response.writeHead(404).end();
      return;
    }
    const text = await this.metrics.text();
    response.writeHead(200, { 'content-type': this.metrics.contentType }).end(text);
  }
}
