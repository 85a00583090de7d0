import base from './jest.config.js';

/**
 * The tests of the dashboard in a real Chromium, against real services: `make test-browser`.
 * @type {import('jest').Config}
 */
export default {
  ...base,
  testMatch: ['<rootDir>/tests/browser/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  // Chromium needs the processor too.
  maxWorkers: 1,
  // On a machine that is busy a browser takes its time.
  testTimeout: 240_000,
};
