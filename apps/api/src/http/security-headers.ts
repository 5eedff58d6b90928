import type { FastifyInstance } from 'fastify';

/** What pages may do. Plain http on an office network must not be upgraded to an https that is not there. */
const POLICY = [
  "default-src 'self'",
  "base-uri 'self'",
  "font-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "img-src 'self' data:",
  "object-src 'none'",
  "script-src 'self'",
  "script-src-attr 'none'",
  "style-src 'self' 'unsafe-inline'",
].join(';');

const ALWAYS = {
  'content-security-policy': POLICY,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const OF_PAGES = {
  ...ALWAYS,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};

/** Village desks share their browsers: what one household was shown is not kept for the next. */
const OF_ANSWERS = {
  ...ALWAYS,
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
};

/** The same headers on every answer: they are made once, since making them costs more than reading a short body. */
export function setSecurityHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers(request.url.startsWith('/api/') ? OF_ANSWERS : OF_PAGES);
    done();
  });
}
