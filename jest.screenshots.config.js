import browser from './jest.browser.config.js';

/**
 * Takes pictures of the dashboard: `make screenshots`.
 * @type {import('jest').Config}
 */
export default {
  ...browser,
  testMatch: ['<rootDir>/tests/screenshots/**/*.test.ts'],
  // All views of a size are one test.
  testTimeout: 1_200_000,
};
