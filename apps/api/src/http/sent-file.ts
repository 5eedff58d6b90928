import { HttpException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** The file that a request carries as its body; 415 with what to send when it carries something else. */
export function sentFile(request: FastifyRequest, detail: string = TABLE): Buffer {
  if (Buffer.isBuffer(request.body)) return request.body;
  throw new HttpException({ code: 'MEDIA_TYPE_UNSUPPORTED', detail }, 415);
}

const TABLE = 'Send the file itself as text/csv, or an .xlsx as its own media type.';
