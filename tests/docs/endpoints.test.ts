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

const queryNames = (parameters: readonly OpenapiParameter[]): string[] =>
  parameters.filter((each) => each.in === 'query').map(({ name }) => name);

/** What the API says of itself, as far as it matters here. */
interface Openapi {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly parameters?: readonly OpenapiReference[] }>>>
  >;
  readonly components: { readonly parameters: Readonly<Record<string, OpenapiParameter>> };
}
interface OpenapiParameter {
  readonly name: string;
  readonly in: string;
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
  const described = Object.entries(all).map(([path, methods]) => {
    const named = Object.values(methods).flatMap(({ parameters = [] }) => parameters);
    const parameters = named.flatMap(
      ({ $ref = '' }) => components.parameters[/[^/]+$/.exec($ref)?.[0] ?? ''] ?? [],
    );
    return [path, queryNames(parameters).sort()];
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
  const known = new Set(queryNames(Object.values((await openapi()).components.parameters)));
  expect(documented.sort()).toStrictEqual([...known, 'ticket'].sort());
});
