import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { Sessions } from '@app/identity';
import {
  assertApplicationRole,
  Database,
  FILE_BYTES_MAX,
  Logger,
  Metrics,
  type Environment,
} from '@app/platform';
import { AppModule } from './app.module';
import { knownBeforeBody } from './auth';
import { createHttp } from './create-http';
import { FILE_ROUTE, fileFitsBeforeBody, takeFileBodies } from './files/file-bodies';
import { RequestLog } from './http/request-log';
import { setSecurityHeaders } from './http/security-headers';
import { watchRequests } from './http/watch-requests';
import { takeImportBodies } from './registry/import-bodies';
import { serveWeb } from './web-files';

/** 100,000 rows of an import fit; anything larger is split by its sender. */
const IMPORT_BYTES_MAX = 64 * 1024 * 1024;
const IMPORT_ROUTE = /\/(imports\/:kind|map-files|external-lists)$/;

/** A line a request is information: who wants warnings only gets none. */
const LEVELS_OF_REQUESTS = new Set<Environment['LOG_LEVEL']>(['info', 'debug']);

/** The API as the process runs it and as the tests run it. */
export async function createApp(environment: Environment): Promise<NestFastifyApplication> {
  const logger = new Logger('api', environment.LOG_LEVEL);
  const app = await createHttp(AppModule.forProcess(environment), logger);
  await assertApplicationRole(app.get(Database));
  const fastify = app.getHttpAdapter().getInstance();
  setSecurityHeaders(fastify);
  const log = LEVELS_OF_REQUESTS.has(environment.LOG_LEVEL) ? new RequestLog('api') : undefined;
  watchRequests(fastify, app.get(Metrics), log);
  takeImports(app);
  app.enableShutdownHooks();
  if (environment.WEB_ROOT) await serveWeb(app, environment.WEB_ROOT);
  return app;
}

/** Files, and larger bodies than elsewhere, from whoever is signed in before the body is read. */
function takeImports(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  takeImportBodies(fastify);
  takeFileBodies(fastify);
  const known = knownBeforeBody(app.get(Sessions, { strict: false }));
  fastify.addHook('onRoute', (route) => {
    if (IMPORT_ROUTE.test(route.url)) {
      route.bodyLimit = IMPORT_BYTES_MAX;
      route.onRequest = known;
    } else if (FILE_ROUTE.test(route.url)) {
      route.bodyLimit = FILE_BYTES_MAX;
      route.onRequest = [known, fileFitsBeforeBody];
    }
  });
}
