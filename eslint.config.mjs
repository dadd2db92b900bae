// The lint rules of the whole project. The three rings (client → server → server/src/zoql) are held here.
import tseslint from 'typescript-eslint';

/** Forbids imports whose path matches; `why` is what the person who breaks the rule reads. */
const forbid = (group, why) => ({ group, message: why });
const outside = regex => ({ regex, message: 'The language library imports only itself.' });
const noVscode = forbid(['vscode'], "Only the client's editor-facing folders know VS Code.");
const noNetwork = forbid(
  ['node:http', 'node:https', 'node:net', 'node:tls', 'http', 'https', 'net', 'tls', 'node-fetch'],
  'The network lives in client/src/zuora.',
);

export default tseslint.config(
  {
    ignores: ['dist', 'out', 'node_modules', '.vscode-host', 'test/host/latest', 'test/host/oldest', 'test/host/stubs'],
  },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      'no-console': 'error',
    },
  },
  {
    // `node --test` and mocha take the promise of a test themselves; a test may print its seed.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', name: ['test', 'suite', 'describe', 'it'], package: 'node:test' },
          ],
        },
      ],
      'no-console': 'off',
    },
  },
  // The language library imports only itself: no path that leads out of its folder, and no package but the edit distance.
  {
    files: ['server/src/zoql/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [outside('^(?!\\./|fastest-levenshtein$)')] }] },
  },
  {
    files: ['server/src/zoql/*/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [outside('^(?!\\.\\.?/|fastest-levenshtein$)|^\\.\\./\\.\\.')] }],
    },
  },
  {
    files: ['server/src/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [noVscode, noNetwork, forbid(['**/client/**'], 'The server does not know the client.')] },
      ],
    },
  },
  {
    files: ['client/src/zuora/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [noVscode] }] },
  },
  {
    files: ['client/src/**/*.ts'],
    ignores: ['client/src/zuora/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            noNetwork,
            forbid(
              ['**/server/src/zoql/*', '!**/server/src/zoql/index'],
              'The language library is imported through its index.',
            ),
          ],
        },
      ],
    },
  },
);
