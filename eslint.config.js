import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

/** @type {import('eslint').Linter.RuleEntry} */
const maxLines = ['error', { max: 300, skipBlankLines: false, skipComments: false }];

export default ts.config(
  {
    ignores: ['dist/**', 'models/**', 'node_modules', 'test-results', 'playwright-report', 'tests/fixtures'],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.svelte'],
    extends: [...ts.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'tsconfig.node.json'],
        extraFileExtensions: ['.svelte'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: { 'svelte/no-at-html-tags': 'error' },
  },
  {
    files: ['**/*.svelte'],
    rules: {
      // The linter does not see the types of callbacks in markup and takes them for any; svelte-check does.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      // $props() is destructured once, although only a bindable one is ever assigned.
      'prefer-const': ['error', { destructuring: 'all' }],
    },
  },
  {
    files: ['src/**', 'tests/browser/**', 'bench/page/**'],
    languageOptions: { globals: { ...globals.browser, ...globals.worker } },
    rules: {
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Build elements; text from models must never become HTML.' },
        { property: 'outerHTML', message: 'Build elements; text from models must never become HTML.' },
      ],
      'no-eval': 'error',
      'no-console': 'error',
    },
  },
  {
    files: [
      'relay/**',
      'runner/**',
      'scripts/**',
      'bench/**',
      'tests/**',
      '*.config.*',
      '.dependency-cruiser.cjs',
    ],
    languageOptions: { globals: globals.node },
  },
  { files: ['src/**', 'relay/**', 'runner/**', 'scripts/**', 'bench/**'], rules: { 'max-lines': maxLines } },
  // A fake keeps the asynchronous shape of what it stands for.
  { files: ['tests/**/*.ts'], rules: { '@typescript-eslint/require-await': 'off' } },
  { files: ['.dependency-cruiser.cjs'], languageOptions: { sourceType: 'commonjs' } },
);
