import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

import { Sessions } from '@app/identity';
import { assertApplicationRole, Database, Logger, type Environment } from '@app/platform';
import { AppModule } from './app.module';
import { knownBeforeBody } from './auth';
import { validationPipe } from './http';
import { refuseBeforeRouting } from './http/problem';
import { wireJson } from './http/wire-json';
import { serveWeb } from './web-files';

/** 100,000 rows of an import fit; anything larger is split by its sender. */
const IMPORT_BYTES_MAX = 64 * 1024 * 1024;
/** 10,000 rides or 2,000 postings fit, with room: whoever is not signed in yet can fill the memory with no more. */
const BODY_BYTES_MAX = 4 * 1024 * 1024;
const IMPORT_ROUTE = /\/imports\/:kind$/;

/** The API as the process runs it and as the tests run it. */
export async function createApp(environment: Environment): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_BYTES_MAX,
    trustProxy: true,
    frameworkErrors: refuseBeforeRouting,
  });
  const logger = new Logger('api', environment.LOG_LEVEL);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forProcess(environment), adapter, {
    logger,
    abortOnError: false,
    bodyParser: false,
  });
  await assertApplicationRole(app.get(Database));
  await app.register(helmet, {
    // Plain http on an office network must not be upgraded to an https that is not there.
    contentSecurityPolicy: {
      directives: {
        upgradeInsecureRequests: null,
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        frameAncestors: ["'none'"],
      },
    },
    frameguard: { action: 'deny' },
    strictTransportSecurity: false,
  });
  const fastify = adapter.getInstance();
  fastify.setReplySerializer(wireJson);
  // Village desks share their browsers: what one household was shown is not kept for the next.
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
  });
  takeBodies(app);
  app.setGlobalPrefix('api/v1');
  app.useGlobalPipes(validationPipe());
  app.enableShutdownHooks();
  if (environment.WEB_ROOT) await serveWeb(app, environment.WEB_ROOT);
  return app;
}

/** JSON everywhere, CSV in imports; what browsers send unasked (forms, plain text) is taken nowhere. */
function takeBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeContentTypeParser('text/plain');
  app.useBodyParser('application/json');
  fastify.addContentTypeParser(
    ['text/csv', 'application/csv'],
    { parseAs: 'buffer' },
    (_request, body, done) => {
      done(null, body);
    },
  );
  fastify.addHook('onRoute', (route) => {
    if (!IMPORT_ROUTE.test(route.url)) return;
    route.bodyLimit = IMPORT_BYTES_MAX;
    route.onRequest = knownBeforeBody(app.get(Sessions, { strict: false }));
  });
}
