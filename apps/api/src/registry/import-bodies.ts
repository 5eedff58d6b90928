import { HttpException } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';

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

/** The file that was sent, whatever it is; 415 for a body that is none. */
export function fileOf(request: FastifyRequest): Buffer {
  if (Buffer.isBuffer(request.body)) return request.body;
  const detail = 'Send the file itself as text/csv, or an .xlsx as its own media type.';
  throw new HttpException({ code: 'MEDIA_TYPE_UNSUPPORTED', detail }, 415);
}
