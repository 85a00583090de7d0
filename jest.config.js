import { availableParallelism } from 'node:os';

/** How swc compiles the sources that it parses like this. */
const compiled = (source) => ({
  jsc: { ...source, target: 'es2023' },
  module: { type: 'es6' },
  sourceMaps: 'inline',
});

/**
 * Tests run on the sources: the export condition `mediamtx-monitor-source` makes each workspace
 * package resolve to its `src`, so no build has to come first.
 * @type {import('jest').Config}
 */
export default {
  testMatch: [
    '<rootDir>/{packages,services}/*/test/**/*.test.{ts,tsx}',
    '<rootDir>/{bench,scripts,tests}/**/*.test.ts',
  ],
  testPathIgnorePatterns: [
    '/node_modules/',
    '/dist/',
    '<rootDir>/tests/real/',
    '<rootDir>/tests/browser/',
    '<rootDir>/tests/compose/',
    '<rootDir>/tests/screenshots/',
    '<rootDir>/tests/install/release/',
  ],
  modulePathIgnorePatterns: ['/dist/'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', compiled({ parser: { syntax: 'typescript' } })],
    '^.+\\.tsx$': [
      '@swc/jest',
      compiled({
        parser: { syntax: 'typescript', tsx: true },
        transform: { react: { runtime: 'automatic', importSource: 'preact' } },
      }),
    ],
  },
  testEnvironmentOptions: {
    customExportConditions: ['mediamtx-monitor-source', 'node', 'node-addons'],
  },
  globalSetup: '<rootDir>/packages/testkit/src/jest/global-setup.ts',
  globalTeardown: '<rootDir>/packages/testkit/src/jest/global-teardown.ts',
  testTimeout: 60_000,
  // Most tests wait more than they reckon: with as many workers as processors, these would be idle for a third of the time.
  maxWorkers: availableParallelism() + 2,
  // With ES modules each test file leaks some megabytes into its worker.
  workerIdleMemoryLimit: '400MB',
};
