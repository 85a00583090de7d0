import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testRedis } from '@mediamtx-monitor/testkit';
import { protocolText } from './support/documents.ts';
import { codeSpans, rowsUnder } from './support/markdown.ts';
import { type StartedApi, startApi } from './support/started-api.ts';

const protocol = protocolText();
const paths = rowsUnder(protocol, 'path');
let api: StartedApi;

beforeAll(async () => {
  api = await startApi(testRedis());
});

afterAll(() => api.stop());

/** What the API says of itself, as far as it matters here. */
interface Openapi {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly parameters?: readonly OpenapiReference[] }>>>
  >;
  readonly components: { readonly parameters: Readonly<Record<string, { readonly name: string }>> };
}
interface OpenapiReference {
  readonly $ref?: string;
}

async function openapi(): Promise<Openapi> {
  return (await (await fetch(`${api.url}/api/openapi.json`)).json()) as Openapi;
}

test('the protocol pages describe exactly the paths the API serves', async () => {
  const problem = await (await fetch(`${api.url}/nowhere`)).text();
  const [, list = ''] = /There is: ([^;]+);/.exec(problem) ?? [];
  const documented = paths.flatMap((row) => codeSpans(row.first));
  expect(documented.sort()).toStrictEqual(list.split(', ').sort());
});

test('the protocol pages tell the query parameters of each path', async () => {
  const { paths: all, components } = await openapi();
  const calledOf = (key: string): string => components.parameters[key]?.name ?? key;
  const described = Object.entries(all).map(([path, methods]) => {
    const named = Object.values(methods).flatMap(({ parameters = [] }) => parameters);
    const names = named.map(({ $ref = '' }) => calledOf(/[^/]+$/.exec($ref)?.[0] ?? ''));
    return [path, names.filter((name) => name !== 'name').sort()];
  });
  const documented = Object.fromEntries(
    paths.flatMap((row) =>
      codeSpans(row.first).map((path) => [path, codeSpans(row.cell('parameters')).sort()]),
    ),
  );
  expect(described.length).toBeGreaterThan(10);
  expect(described.map(([path]) => [path, documented[String(path)]])).toStrictEqual(described);
});

test('the protocol pages explain every query parameter, and no other', async () => {
  const documented = rowsUnder(protocol, 'parameter').flatMap((row) => codeSpans(row.first));
  const { parameters } = (await openapi()).components;
  const known = new Set(Object.values(parameters).map(({ name }) => name));
  known.delete('name');
  expect(documented.sort()).toStrictEqual([...known, 'ticket'].sort());
});
