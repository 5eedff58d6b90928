import type { FastifyInstance, FastifyRequest } from 'fastify';

import { FILE_BYTES_MAX, type StoreFileRefusal } from '@app/platform';
import { RefusalException } from '../http';
import { IMPORT_TYPES } from '../registry/import-bodies';

export const FILE_ROUTE = /\/books\/:book\/files$/;

/** What a file may be sent as besides what imports take. What it is, its bytes say. */
const MORE_TYPES = [
  'application/pdf',
  'image/jpeg',
  'image/jpg',
  'image/png',
  'application/ofd',
  'application/vnd.ofd',
  'text/plain',
].filter((type) => !IMPORT_TYPES.includes(type));

class NotTakenHere extends Error {
  readonly statusCode = 415;
  readonly code = 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
}

/** Hands files to their route as they came. Plain text, which browsers send unasked, is taken nowhere else. */
export function takeFileBodies(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(MORE_TYPES, { parseAs: 'buffer' }, (request, body, done) => {
    if (FILE_ROUTE.test(request.routeOptions.url ?? '')) done(null, body);
    else done(new NotTakenHere('no such body is taken here'));
  });
}

/** Whoever says beforehand how much it is hears at once that it is too much. */
export const fileFitsBeforeBody = (request: FastifyRequest): Promise<void> => {
  const size = Number(request.headers['content-length'] ?? 0);
  if (size <= FILE_BYTES_MAX) return Promise.resolve();
  const reason: StoreFileRefusal = { code: 'FILE_TOO_LARGE', size, most: FILE_BYTES_MAX };
  throw new RefusalException(reason);
};
