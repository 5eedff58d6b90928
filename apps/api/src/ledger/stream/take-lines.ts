import type { Readable } from 'node:stream';

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { errorCodes, type FastifyInstance, type FastifyRequest } from 'fastify';

export const NDJSON = 'application/x-ndjson';
const TAKEN_BY = /\/entries\/batch$/;

/** Hands a body of lines to the one route that reads them as they come; any other route refuses it. */
@Injectable()
export class TakeLines implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addContentTypeParser(
      NDJSON,
      (request: FastifyRequest, payload: Readable, done: (error: Error | null, body?: unknown) => void) => {
        if (TAKEN_BY.test(request.routeOptions.url ?? '')) done(null, payload);
        else done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(NDJSON));
      },
    );
  }
}
