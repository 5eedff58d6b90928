import type { Metrics } from '@app/platform';
import type { FastifyInstance } from 'fastify';

import type { RequestLog } from './request-log';

/** Times every route and writes a line for every request. What a route is called is settled when it is declared. */
export function watchRequests(fastify: FastifyInstance, metrics: Metrics, log: RequestLog | undefined): void {
  const durations = metrics.histogram({
    name: 'tanhui_http_request_seconds',
    help: 'From the request line to the last byte of the answer, by route and status.',
    labels: ['method', 'route', 'status'],
  });
  fastify.addHook('onRoute', (declared) => {
    const method = String(declared.method);
    const route = declared.url;
    const others = [declared.onResponse ?? []].flat();
    declared.onResponse = [
      ...others,
      (request, reply, done) => {
        const { statusCode: status, elapsedTime: ms } = reply;
        durations.observe({ method, route, status }, ms / 1000);
        log?.answered({ id: request.id, method, route, status, ms });
        done();
      },
    ];
  });
  fastify.addHook('onClose', (_instance, done) => {
    log?.close();
    done();
  });
}
