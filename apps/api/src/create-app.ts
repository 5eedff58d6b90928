import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

import { assertApplicationRole, Database, Logger, type Environment } from '@app/platform';
import { AppModule } from './app.module';
import { validationPipe } from './http';
import { wireJson } from './http/wire-json';
import { serveWeb } from './web-files';

/** 100,000 rows of an import fit; anything larger is split by its sender. */
const BODY_LIMIT_BYTES = 64 * 1024 * 1024;

/** The API as the process runs it and as the tests run it. */
export async function createApp(environment: Environment): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: BODY_LIMIT_BYTES, trustProxy: true });
  const logger = new Logger('api', environment.LOG_LEVEL);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forProcess(environment), adapter, {
    logger,
    abortOnError: false,
  });
  await assertApplicationRole(app.get(Database));
  await app.register(helmet, {
    // Plain http on an office network must not be upgraded to an https that is not there.
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null, imgSrc: ["'self'", 'data:'] } },
    strictTransportSecurity: false,
  });
  const fastify = adapter.getInstance();
  fastify.setReplySerializer(wireJson);
  fastify.addContentTypeParser(
    ['text/csv', 'application/csv'],
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES },
    (_request, body, done) => {
      done(null, body);
    },
  );
  app.setGlobalPrefix('api/v1');
  app.useGlobalPipes(validationPipe());
  app.enableShutdownHooks();
  if (environment.WEB_ROOT) await serveWeb(app, environment.WEB_ROOT);
  return app;
}
