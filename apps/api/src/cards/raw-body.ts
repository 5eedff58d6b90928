import { Readable } from 'node:stream';

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest, preParsingHookHandler, RequestPayload } from 'fastify';

const SIGNED_ROUTE = /\/payment-notices$/;
/** A notice is a few hundred bytes. */
const NOTICE_BYTES_MAX = 16_384;

class NoticeTooLarge extends Error {
  readonly statusCode = 413;
  readonly code = 'FST_ERR_CTP_BODY_TOO_LARGE';
}

const bodies = new WeakMap<FastifyRequest, Buffer>();

/** Every request of the product passes here: those that nobody signed go on without so much as a promise. */
const keepBytes: preParsingHookHandler = (request, _reply, payload, done) => {
  if (SIGNED_ROUTE.test(request.routeOptions.url ?? '')) {
    read(request, payload).then((again) => done(null, again), done);
  } else {
    done(null, payload);
  }
};

/** A signature is over the bytes as they came: they are kept beside the request before anything reads them. */
async function read(request: FastifyRequest, payload: RequestPayload): Promise<RequestPayload> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of payload) {
    const bytes = Buffer.from(chunk as Uint8Array);
    length += bytes.length;
    if (length > NOTICE_BYTES_MAX) throw new NoticeTooLarge('a notice is at most 16 KiB');
    chunks.push(bytes);
  }
  const body = Buffer.concat(chunks);
  bodies.set(request, body);
  return Object.assign(Readable.from([body]), { receivedEncodedLength: length });
}

/** Gives a controller the bytes of a signed request. */
@Injectable()
export class RawBody implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  /** Fastify collects a route's hooks when it becomes ready, so that this is in time for all of them. */
  onModuleInit(): void {
    this.host.httpAdapter.getInstance<FastifyInstance>().addHook('preParsing', keepBytes);
  }

  of(request: FastifyRequest): Buffer {
    return bodies.get(request) ?? Buffer.alloc(0);
  }
}
