import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

import type { BatchBook, BatchFile } from './batch-book';
import { collect, type Collection } from './collections';
import type { Behaviour } from './outcomes.rules';
import { isSigned } from './signature';

const BODY_LIMIT_BYTES = 256 * 1024 * 1024;

/** The agent bank's doors: take a batch, tell results, collect a payment, and be told how to misbehave. */
export function createServer(books: BatchBook, bankKey: string): FastifyInstance {
  const server = fastify({ bodyLimit: BODY_LIMIT_BYTES });
  // The signature covers the bytes that came, so the body stays text until it is checked.
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });
  server.addHook('preHandler', async (request, reply) => {
    if (request.method !== 'POST') return;
    if (!isSigned(bankKey, String(request.body), request.headers['x-bank-signature'])) {
      await reply.status(401).send({ error: 'SIGNATURE_WRONG' });
    }
  });
  server.get('/health', () => ({ status: 'ok' }));
  server.post('/batches', (request, reply) => acceptBatch(books, request, reply));
  server.get<{ Params: { no: string } }>('/batches/:no', (request, reply) =>
    found(books.summary(request.params.no), reply),
  );
  server.get<{ Params: { no: string }; Querystring: { after?: string } }>(
    '/batches/:no/results',
    (request, reply) => found(books.results(request.params.no, Number(request.query.after ?? 0)), reply),
  );
  server.post('/control', (request) => {
    const { prefix, ...change } = read<{ prefix: string } & Partial<Behaviour>>(request);
    return books.behave(prefix, change);
  });
  server.post('/collections', async (request, reply) =>
    reply.status(202).send(await collect(read<Collection>(request), bankKey, new Date())),
  );
  return server;
}

const read = <Body>(request: FastifyRequest): Body => JSON.parse(String(request.body)) as Body;

const found = (value: object | undefined, reply: FastifyReply): object =>
  value ?? reply.status(404).send({ error: 'BATCH_UNKNOWN' });

function acceptBatch(books: BatchBook, request: FastifyRequest, reply: FastifyReply): object {
  const acceptance = books.accept(read<BatchFile>(request));
  switch (acceptance) {
    case 'accepted':
    case 'repeated':
      return reply.status(202).send({ acceptance });
    case 'other-digest':
      return reply.status(409).send({ error: 'BATCH_NO_REUSED' });
    case 'count-or-total-wrong':
      return reply.status(422).send({ error: 'COUNT_OR_TOTAL_WRONG' });
  }
}
