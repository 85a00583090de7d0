import base from './jest.config.js';

/**
 * The tests that need a real MediaMTX and ffmpeg: `make test-real`.
 * @type {import('jest').Config}
 */
export default {
  ...base,
  testMatch: ['<rootDir>/tests/real/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  testTimeout: 120_000,
  // ffmpeg and MediaMTX need the processor too.
  maxWorkers: 1,
};
