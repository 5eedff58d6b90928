import type { DynamicModule, LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

import { validationPipe } from './http';
import { refuseBeforeRouting } from './http/problem';
import { wireJson } from './http/wire-json';

/** 10,000 rides or 2,000 postings fit, with room: whoever is not signed in yet can fill the memory with no more. */
const BODY_BYTES_MAX = 4 * 1024 * 1024;
/** An account's path is one segment of the address; its length counts as it is decoded. */
const SEGMENT_MAX = 200;

/** A server that reads and writes as the API does, for whatever routes the module brings. */
export async function createHttp(
  root: DynamicModule,
  logger: LoggerService,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_BYTES_MAX,
    routerOptions: { maxParamLength: SEGMENT_MAX },
    trustProxy: true,
    frameworkErrors: refuseBeforeRouting,
  });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger,
    abortOnError: false,
    bodyParser: false,
  });
  const fastify = adapter.getInstance();
  fastify.setReplySerializer(wireJson);
  // JSON everywhere, by Fastify's own parser: Nest's would copy each body once more and make its parser anew for it.
  // What browsers send unasked (forms, plain text) is taken nowhere.
  fastify.removeContentTypeParser('text/plain');
  app.setGlobalPrefix('api/v1', { exclude: ['metrics'] });
  app.useGlobalPipes(validationPipe());
  return app;
}
