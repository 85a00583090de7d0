import base from './jest.config.js';

/**
 * The tests of compose.yaml, which need a Docker engine: `make test-compose`.
 * @type {import('jest').Config}
 */
export default {
  ...base,
  testMatch: ['<rootDir>/tests/compose/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  testTimeout: 180_000,
  maxWorkers: 1,
  verbose: true,
};
