/**
 * Who may import whom, as data: `npm run check` refuses everything else. A row a library, with the sentence why.
 * Kernel and platform are open to all and not repeated. Calls go down this table, news comes up as events.
 */
const TABLE = [
  { lib: 'kernel', may: [], why: 'Pure TypeScript that every floor trusts: it knows nobody.' },
  {
    lib: 'proof',
    may: [],
    why: 'Whoever doubts the ledger runs it elsewhere, in a page too: it needs nobody.',
  },
  { lib: 'platform', may: [], why: 'The one place that knows drivers knows no business.' },
  { lib: 'ledger', may: ['proof'], why: 'It counts units and knows nothing of regions, carbon or HTTP.' },
  { lib: 'regions', may: [], why: 'The tree of places stands by itself; everyone else hangs on it.' },
  { lib: 'identity', may: ['regions'], why: 'A post is held over a region.' },
  {
    lib: 'registry',
    may: ['regions', 'identity'],
    why: 'Parcels lie in regions; changes are made by users.',
  },
  {
    lib: 'credits',
    may: ['regions', 'identity', 'registry', 'ledger'],
    why: 'Grams come from parcels and are entries.',
  },
  {
    lib: 'funds',
    may: ['regions', 'identity', 'registry', 'ledger'],
    why: 'Indicators belong to units and are entries.',
  },
  {
    lib: 'disbursement',
    may: ['regions', 'identity', 'registry', 'ledger', 'funds'],
    why: 'A payment goes to a payee against funds; what gave the basis opens it through the index here.',
  },
  {
    lib: 'compensation',
    may: ['regions', 'identity', 'registry', 'ledger', 'funds', 'disbursement'],
    why: 'The fiscal loop: it knows indicators and payments, and nothing of credits or cards.',
  },
  {
    lib: 'cards',
    may: ['regions', 'identity', 'registry', 'ledger', 'credits', 'disbursement'],
    why: 'The market loop: it knows credits and payments, and nothing of indicators or rosters.',
  },
  {
    lib: 'afforestation',
    may: ['regions', 'identity', 'registry', 'ledger', 'credits', 'disbursement', 'cards'],
    why: 'Card money becomes forest, which is measured again.',
  },
  {
    lib: 'disclosure',
    may: [
      ...['regions', 'identity', 'registry', 'ledger', 'credits', 'funds'],
      ...['disbursement', 'compensation', 'cards', 'afforestation'],
    ],
    why: 'It tells the public about all of it, and nobody asks it anything.',
  },
];

/** They run in a page too, and know nobody. */
const PURE = new Set(['kernel', 'proof']);

const alternatives = (names) => names.join('|');

/** One rule a row: whatever is in another library and not listed is forbidden. */
const rows = TABLE.map(({ lib, may, why }) => {
  const allowed = PURE.has(lib) ? [lib] : [lib, 'kernel', 'platform', ...may];
  return {
    name: `${lib}-imports-only-lower`,
    comment: `${why} It may import: ${allowed.slice(1).join(', ') || 'nothing'}.`,
    severity: 'error',
    from: { path: `^libs/${lib}/` },
    to: {
      path: '^libs/',
      pathNot: `^libs/(${alternatives(lib === 'platform' ? ['kernel', lib] : allowed)})/`,
    },
  };
});

const known = alternatives(TABLE.map(({ lib }) => lib));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...rows,
    {
      name: 'library-has-a-row',
      comment: 'A library that this table does not know: give it a row, with the sentence why.',
      severity: 'error',
      from: { path: '^(apps|libs|test)/' },
      to: { path: '^libs/', pathNot: `^libs/(${known})/` },
    },
    {
      name: 'library-by-its-index',
      comment: 'What a library offers stands in its src/index.ts. The rest is its own business.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/[^/]+/', pathNot: '^libs/($1/|[^/]+/src/index\\.ts$)' },
    },
    {
      name: 'library-by-its-index-from-outside',
      comment: 'Apps, benchmarks, migrations and tests use a library through its src/index.ts too.',
      severity: 'error',
      from: { path: '^(apps|bench|migrations|test)/' },
      to: { path: '^libs/[^/]+/', pathNot: '^libs/[^/]+/src/index\\.ts$' },
    },
    {
      name: 'apps-are-the-top-floor',
      comment: 'An app is a process. Nothing imports it, least of all another app.',
      severity: 'error',
      from: { path: '^(apps/([^/]+)|libs|migrations)/' },
      to: { path: '^apps/', pathNot: '^$1/' },
    },
    {
      name: 'kernel-is-pure',
      comment: 'Kernel runs everywhere, in a page too: it imports itself and what Node itself brings.',
      severity: 'error',
      from: { path: '^libs/kernel/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^libs/kernel/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'proof-runs-anywhere',
      comment:
        'Proofs are checked in a page and without our servers: its own files and the hashes and curves.',
      severity: 'error',
      from: { path: '^libs/proof/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^libs/proof/|node_modules/@noble/(hashes|curves)/' },
    },
    {
      name: 'drivers-in-platform',
      comment: 'A driver is chosen in one place: ask platform for Tx, queue and store.',
      severity: 'error',
      from: { path: '^libs/', pathNot: '^libs/platform/|\\.spec\\.ts$' },
      to: { path: 'node_modules/(pg|@types/pg|typeorm|bullmq|ioredis|@nestjs/typeorm|@nestjs/bullmq)/' },
    },
    {
      name: 'edge-in-apps',
      comment: 'HTTP is the business of the apps; a library that knows it cannot be called by a worker.',
      severity: 'error',
      from: { path: '^libs/', pathNot: '\\.spec\\.ts$' },
      to: { path: 'node_modules/(fastify|@fastify/[^/]+|@nestjs/platform-fastify|@nestjs/swagger)/' },
    },
    {
      name: 'no-cycles',
      comment: 'A cycle has no floor. Split the module or raise an event.',
      severity: 'error',
      from: { path: '^(apps|bench|libs|migrations|test)/' },
      to: { circular: true },
    },
    {
      name: 'all-found',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-test-code-in-the-product',
      comment: 'What tests need is not there in production.',
      severity: 'error',
      from: { path: '^(apps|libs|migrations)/', pathNot: '\\.(spec|test)\\.tsx?$' },
      to: {
        path: '^test/|\\.(spec|test)\\.tsx?$|node_modules/(@nestjs/testing|fast-check|playwright-core)/',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.local)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    moduleSystems: ['cjs', 'es6'],
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
