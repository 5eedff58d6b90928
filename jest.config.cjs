/** Node 20 cannot require ESM inside jest: the ESM-only packages are compiled like our own code. */
const swc = [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      keepClassNames: true,
    },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
    swcrc: false,
  },
];
const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  moduleFileExtensions: ['ts', 'js', 'json'],
  transform: { '^.+\\.(ts|js|mjs)$': swc },
  transformIgnorePatterns: [
    '/node_modules/(?!(@nestjs|file-type|load-esm|strtok3|content-disposition|token-types|uint8array-extras|@tokenizer|uid|iterare|cookie)/)',
  ],
  moduleNameMapper: { '^@app/([a-z-]+)$': '<rootDir>/libs/$1/src' },
};
/** Pure rules need no server; everything else gets a database of its own, cloned from a migrated template. */
const withDatabase = {
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};
module.exports = {
  maxWorkers: 2,
  testTimeout: 60_000,
  reporters: ['default', '<rootDir>/scripts/test/tally.cjs'],
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs}/**/*.spec.ts'] },
    {
      ...base,
      displayName: 'invariants',
      testMatch: ['<rootDir>/test/{invariants,faults,support}/**/*.spec.ts'],
      ...withDatabase,
    },
    { ...base, displayName: 'launcher', testMatch: ['<rootDir>/test/launcher/**/*.spec.ts'] },
    { ...base, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.spec.ts'], ...withDatabase },
    // What takes long runs only when it is asked for: see scripts/soak.mjs.
    ...(process.env.TANHUI_SOAK
      ? [
          {
            ...base,
            displayName: 'soak',
            testMatch: [`<rootDir>/test/soak/${process.env.TANHUI_SOAK}.soak.ts`],
            ...withDatabase,
          },
        ]
      : []),
    { ...base, displayName: 'web', testMatch: ['<rootDir>/test/web/**/*.spec.ts'], ...withDatabase },
  ],
};
