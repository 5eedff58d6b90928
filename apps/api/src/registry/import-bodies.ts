import type { FastifyInstance } from 'fastify';

/**
 * What a file may be sent as, a map among them. Windows calls CSV by the name of its spreadsheet; what a file is, its bytes say. The
 * type of a workbook is taken by imports only, whose routes alone read such bodies.
 */
export const IMPORT_TYPES = [
  'text/csv',
  'application/csv',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/geo+json',
  'application/zip',
  'application/x-zip-compressed',
  'application/octet-stream',
];

/** Hands files to the routes as they came. */
export function takeImportBodies(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(IMPORT_TYPES, { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
}
