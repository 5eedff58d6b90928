import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** The first part of every page's address. */
export const PAGE_HEADS = [
  'bureau',
  'household',
  'buyer',
  'verify',
  'proof',
  'public',
  'signin',
  'registry',
  'map',
  'voucher',
];

/** Serves the built web pages. Any address that is not the API's gets the page, which routes by itself. */
export async function serveWeb(app: NestFastifyApplication, webRoot: string): Promise<void> {
  const root = resolve(webRoot);
  const index = join(root, 'index.html');
  if (!existsSync(index)) return;
  const page = readFileSync(index, 'utf8');
  await app.register(fastifyStatic, { root, wildcard: false, index: false, maxAge: '1h' });
  const fastify = app.getHttpAdapter().getInstance();
  const send = (_request: unknown, reply: { type(mime: string): { send(body: string): unknown } }) =>
    reply.type('text/html; charset=utf-8').send(page);
  fastify.get('/', send);
  // Not a wildcard route: an unknown API address must stay a problem+json 404.
  for (const head of PAGE_HEADS) {
    fastify.get(`/${head}`, send);
    fastify.get(`/${head}/*`, send);
  }
}
