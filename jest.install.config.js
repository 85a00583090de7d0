import base from './jest.config.js';

/**
 * The tests that install a real release, those on a machine that boots with a Docker engine: `make test-install`.
 * @type {import('jest').Config}
 */
export default {
  ...base,
  testMatch: ['<rootDir>/tests/install/release/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  // Each machine has a Redis of its own.
  globalSetup: null,
  globalTeardown: null,
  testTimeout: 180_000,
  maxWorkers: 1,
  verbose: true,
};
