import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const ban = (selector, message) => ({ selector, message });

const EVERYWHERE = [
  ban("CallExpression[callee.name='forwardRef']", 'A cycle. Split the module or raise an event.'),
  ban(
    "Decorator[expression.callee.name='Global']",
    'No global modules: imports are the map of who needs whom.',
  ),
  ban("Property[key.name='synchronize'][value.value=true]", 'Schema changes go through migrations/.'),
];
const NO_ENVIRONMENT = [
  ban(
    "MemberExpression[object.name='process'][property.name='env']",
    'Read configuration from the validated Environment of @app/platform.',
  ),
];
/** Libraries that count money, grams and days: no floating point, no wall clock. */
const EXACT = [
  ban("CallExpression[callee.name='parseFloat']", 'Amounts are bigint. Use the parsers of @app/kernel.'),
  ban("NewExpression[callee.name='Date'][arguments.length=0]", 'Take the book clock.'),
  ban("CallExpression[callee.object.name='Date'][callee.property.name='now']", 'Take the book clock.'),
];

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.local/**', 'docs/**'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
      'max-depth': ['error', 4],
      complexity: ['error', 15],
      'no-restricted-syntax': ['error', ...EVERYWHERE],
    },
  },
  {
    files: ['libs/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...EVERYWHERE, ...NO_ENVIRONMENT] },
  },
  {
    files: [
      'libs/{kernel,ledger,credits,funds,compensation,disbursement,cards,afforestation,registry}/**/*.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', ...EVERYWHERE, ...NO_ENVIRONMENT, ...EXACT] },
  },
  {
    // A test suite is one long list of facts; its describe block may be long.
    files: ['**/*.spec.ts', 'test/**/*.ts', '**/*.test.tsx'],
    rules: { 'max-lines-per-function': 'off', 'no-restricted-syntax': ['error', ...EVERYWHERE] },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        Buffer: 'readonly',
        AbortSignal: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        setImmediate: 'readonly',
        clearImmediate: 'readonly',
        performance: 'readonly',
        require: 'readonly',
        module: 'writable',
        __dirname: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
