import type { Resource } from '../openapi/types';

const TAG = 'Metrics';

const TEXT = [
  '# HELP tanhui_seal_lag_seconds Age of the oldest record of a book that no seal covers; 0 when there is none.',
  '# TYPE tanhui_seal_lag_seconds gauge',
  'tanhui_seal_lag_seconds{book="county"} 0.12',
  '',
].join('\n');

export const METRICS: Resource = {
  tag: {
    name: TAG,
    description: 'What the process counts. What to watch is told in docs/runbooks/metrics.md.',
  },
  paths: {
    '/metrics': {
      get: {
        ...{ operationId: 'getMetrics', tags: [TAG], summary: 'Prometheus text' },
        description:
          'At the root of the server and not below /api/v1. For a neighbour on the same machine that no proxy speaks for, and for whoever sends METRICS_TOKEN as the bearer; to anybody else there is nothing here.',
        servers: [{ url: '/' }],
        security: [],
        responses: {
          200: {
            description: 'One metric a line.',
            content: { 'text/plain': { schema: { type: 'string' }, example: TEXT } },
          },
        },
        codes: ['ROUTE_UNKNOWN', 'INTERNAL'],
      },
    },
  },
};
