/** One request to the product, as an operator asks for it on a command line. */
export interface RequestCommand {
  readonly method: 'GET' | 'POST';
  /** `{book}` is the value of `--book`; every name in it is needed. */
  readonly path: string;
  /** Options that go into the address, or into the body. */
  readonly query?: readonly string[];
  readonly body?: readonly string[];
  /** The body is a JSON file, `--file`. */
  readonly file?: true;
  /** `--dry-run` tells what it would do. */
  readonly dryRun?: true;
  readonly help: string;
}

const PAGE = ['cursor', 'limit'];
const DECISION = { method: 'POST', body: ['rejection'] } as const;

/** What can be asked of the registry and of the credits without a browser, by word. */
export const COMMANDS: Readonly<Record<'registry' | 'credits', Readonly<Record<string, RequestCommand>>>> = {
  registry: {
    parcel: {
      ...{ method: 'GET', path: '/books/{book}/parcels/{code}', query: ['day', 'known-on'] },
      help: 'a parcel as of a day, with its holders, history and orders',
    },
    parcels: {
      ...{ method: 'GET', path: '/books/{book}/parcels', query: ['day', 'region', 'q', ...PAGE] },
      help: 'parcels as of a day',
    },
    guards: {
      ...{ method: 'GET', path: '/books/{book}/registry-guards', query: ['day'] },
      help: 'how much each guard against fraud finds',
    },
    findings: {
      ...{ method: 'GET', path: '/books/{book}/registry-guards/{guard}/findings', query: ['day', ...PAGE] },
      help: 'what one guard finds',
    },
    orders: {
      ...{ method: 'GET', path: '/books/{book}/{kind}-orders', query: ['state', ...PAGE] },
      help: 'orders of a kind (parcel, land, right, party, payee), the newest first',
    },
    propose: {
      ...{ method: 'POST', path: '/books/{book}/{kind}-orders', file: true, dryRun: true },
      help: 'proposes an order of that kind, as its JSON file says',
    },
    decide: {
      ...{ ...DECISION, path: '/books/{book}/{kind}-orders/{id}/decision' },
      help: 'approves an order, or rejects it with words',
    },
  },
  credits: {
    serial: {
      ...{ method: 'GET', path: '/public/books/{book}/serials/{serial}/history', query: PAGE },
      help: 'where a serial is, and every move of it',
    },
    serials: {
      ...{ method: 'GET', path: '/books/{book}/serials' },
      query: ['parcel', 'holder', 'card', 'certificate', 'serial', ...PAGE],
      help: 'serials by one of parcel, holder, card, certificate or serial',
    },
    land: {
      ...{ method: 'GET', path: '/public/books/{book}/land/{code}' },
      help: 'which days of a parcel or land unit are held, by which scheme',
    },
    reversals: {
      ...{ method: 'GET', path: '/books/{book}/reversals', query: ['state', ...PAGE] },
      help: 'reversals, the newest first',
    },
    'propose-reversal': {
      ...{ method: 'POST', path: '/books/{book}/reversals', file: true, dryRun: true },
      help: 'proposes a reversal, as its JSON file says',
    },
    'decide-reversal': {
      ...{ ...DECISION, path: '/books/{book}/reversals/{id}/decision', dryRun: true },
      help: 'approves a reversal, or rejects it with words',
    },
  },
};
