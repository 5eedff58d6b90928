import { BUREAU } from './fixtures/bureau';
import { CARD_ANSWERS, CARDS } from './fixtures/cards';
import { HOUSEHOLD } from './fixtures/household';
import { BOOK, uuid } from './fixtures/names';
import { MAPS } from './fixtures/maps';
import { PUBLIC } from './fixtures/public';
import { REGISTRY, REGISTRY_IMPORTS, REGISTRY_POSTS, REGISTRY_REFUSALS } from './fixtures/registry';

export { BOOK, CERTIFICATE } from './fixtures/names';

const GETS: Readonly<Record<string, unknown>> = {
  ...PUBLIC,
  ...BUREAU,
  ...MAPS,
  ...HOUSEHOLD,
  ...CARDS,
  ...REGISTRY,
};

const POSTS: Readonly<Record<string, unknown>> = {
  'one-time-codes': {},
  'sessions/by-code': { token: 'person', expiresAt: '2026-07-02T12:00:00.000Z' },
  sessions: { token: 'staff', expiresAt: '2026-07-02T12:00:00.000Z' },
  ...CARD_ANSWERS,
  ...REGISTRY_POSTS,
  ...REGISTRY_IMPORTS,
  [`books/${BOOK}/reissues`]: { batches: [{}] },
  [`books/${BOOK}/my/consents`]: { id: uuid(603) },
};

const ME: Readonly<Record<string, unknown>> = {
  staff: {
    userId: uuid(1),
    kind: 'staff',
    displayName: '兑付中心',
    assignments: [
      { book: BOOK, post: 'payout-centre', region: '' },
      { book: BOOK, post: 'town-finance', region: '610924' },
    ],
  },
  registrar: {
    userId: uuid(1),
    kind: 'staff',
    displayName: '林业局',
    assignments: [
      { book: BOOK, post: 'forestry-reviewer', region: '610924' },
      { book: BOOK, post: 'forestry-handler', region: '610924' },
    ],
  },
  person: { userId: uuid(2), kind: 'person', displayName: '139****0001', assignments: [] },
};

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const unknown = (code: string): Answer => ({
  status: 404,
  body: { status: 404, code, detail: code, title: code },
});

/** What the API would answer. `route` is the path below /api/v1/, without its query. */
export function answer(method: string, route: string, token: string | undefined): Answer {
  const name = decodeURIComponent(route);
  if (name === 'me') return { status: 200, body: ME[token ?? ''] };
  if (method === 'POST') {
    const refusal = REGISTRY_REFUSALS[name];
    if (refusal) return refusal;
    return name in POSTS ? { status: 201, body: POSTS[name] } : unknown('ROUTE_UNKNOWN');
  }
  const body = GETS[name] ?? GETS[name.replace(/^public\/(?=books\/[^/]+\/figures)/, '')];
  if (body !== undefined) return { status: 200, body };
  return unknown(name.startsWith('public/certificates/') ? 'CERTIFICATE_UNKNOWN' : 'ROUTE_UNKNOWN');
}
