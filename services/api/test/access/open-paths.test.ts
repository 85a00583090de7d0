import { expect, test } from '@jest/globals';
import { OpenPaths } from '../../src/access/open-paths.ts';
import { OPEN_PATHS } from './bench.ts';

const open = new OpenPaths(OPEN_PATHS);

test.each([
  '/healthz',
  '/',
  '/?search=a',
  '/assets/index-12345678.js',
  '/readyz?verbose=1',
  '/api/openapi.json',
  '/api/asyncapi.json',
  '/api/docs',
  '/api/docs/',
  '/api/docs/swagger-ui-bundle.js',
  '/api/docs/favicon-32x32.png?v=1',
  '/status/public',
  '/status/public?utm_source=mail',
  '/status/public.json',
  '/status/style.css',
  '/status/public/main-stage/badge.svg?1',
])('%s is open to everyone', (url) => {
  expect(open.isOpen(url)).toBe(true);
});

test.each([
  '',
  '//',
  '/assets',
  '/assets/../',
  '/assets/index-12345678.js/',
  '/healthz/',
  '/healthzz',
  '/HEALTHZ',
  '//healthz',
  '/metrics',
  '/api/streams/latest',
  '/api/streams/latest?x=/healthz',
  '/api/docs.json',
  '/api/docsx',
  '/api/docs/../streams/latest',
  '/api/docs/..',
  '/api/docs/.',
  '/api/docs/%2e%2e/streams/latest',
  '/api/docs/a/b.js',
  '/api/docs/..\\streams',
  '/api/docs//',
  '/api/tickets',
  '/status',
  '/status/',
  '/status/a/',
  '/status/a.html',
  '/status/a.json/b',
  '/status/a/b',
  '/status/a/b/c/badge.svg',
  '/status/../api/streams/latest',
  '/status/a%2fb',
  '/status/a/../../ws/badge.svg',
  '/status/A',
  `/status/${'a'.repeat(65)}`,
  '/status/a\n',
  '/ws',
  'http://a/healthz',
  `/api/docs/${'a.'.repeat(50_000)}`,
])('%.60s is not', (url) => {
  expect(open.isOpen(url)).toBe(false);
});
