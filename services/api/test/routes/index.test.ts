import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Route } from '../../src/http/route.ts';
import { ROUTES } from '../../src/routes/index.ts';

const FOLDER = join(import.meta.dirname, '../../src/routes');

test('each file of routes/ declares one route, which is in the table', async () => {
  const files = readdirSync(FOLDER).filter((name) => name !== 'index.ts');
  const declared = await Promise.all(
    files.map(async (name) => {
      const members = Object.values((await import(join(FOLDER, name))) as Readonly<Record<string, unknown>>);
      const routes = members.filter((member) => ROUTES.includes(member as Route)) as readonly Route[];
      return [name, routes.length];
    }),
  );
  expect(declared).toStrictEqual(files.map((name) => [name, 1]));
  expect(files).toHaveLength(ROUTES.length);
});

test('no two routes have the same path, and what holds data is closed', () => {
  const paths = ROUTES.map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
  expect(ROUTES.filter(({ open }) => open === true).map(({ path }) => path)).toStrictEqual([
    '/healthz',
    '/readyz',
    '/api/openapi.json',
    '/api/asyncapi.json',
    '/api/docs',
    '/api/docs/',
    '/status/style.css',
    '/status/{page}.json',
    '/status/{page}',
    '/status/{page}/{item}/badge.svg',
  ]);
});
