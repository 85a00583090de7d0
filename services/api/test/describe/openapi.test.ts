import { validate } from '@readme/openapi-parser';
import { describe, expect, test } from '@jest/globals';
import { PROBLEMS } from '@mediamtx-monitor/types';
import { PARAMETERS } from '../../src/http/parameters.ts';
import { at, membersOf, openapi } from './documents.ts';
import { createValidators } from './validators.ts';

/** Every path there is. */
const PATHS = [
  '/api/alerts',
  '/api/alerts/{id}/ack',
  '/api/asyncapi.json',
  '/api/docs',
  '/api/events',
  '/api/hosts',
  '/api/hosts/{id}/history',
  '/api/live',
  '/api/me',
  '/api/notifications',
  '/api/notifications/{id}/replay',
  '/api/openapi.json',
  '/api/previews',
  '/api/prometheus/targets',
  '/api/reports/availability',
  '/api/reports/availability.csv',
  '/api/servers',
  '/api/servers/{id}/history',
  '/api/sessions',
  '/api/sessions.csv',
  '/api/silences',
  '/api/silences/{id}',
  '/api/snapshot',
  '/api/streams',
  '/api/streams/latest',
  '/api/streams/{name}',
  '/api/streams/{name}/connections',
  '/api/streams/{name}/events',
  '/api/streams/{name}/history',
  '/api/targets/{target}/test',
  '/api/tickets',
  '/healthz',
  '/metrics',
  '/metrics/streams',
  '/readyz',
  '/status/{page}',
  '/status/{page}.json',
  '/status/{page}/{item}/badge.svg',
];
const operations = Object.entries(membersOf(openapi['paths'])).flatMap(([path, methods]) =>
  Object.keys(membersOf(methods)).map((method) => ({ path, method, name: `${method} ${path}` })),
);
const statuses = new Map(Object.entries(PROBLEMS).map(([code, { status }]) => [code, String(status)]));
const responsesOf = (path: string, method: string): string[] =>
  Object.keys(membersOf(at(openapi, 'paths', path, method, 'responses')));
type OpenapiInput = Exclude<Parameters<typeof validate>[0], string>;
const CODES = ['content', 'application/problem+json', 'schema', 'allOf', '1', 'properties', 'code', 'enum'];
/** Problem codes of an operation, with the status each stands under. */
const problemsOf = (path: string, method: string): { code: unknown; status: string }[] =>
  responsesOf(path, method).flatMap((status) => {
    const codes = membersOf(at(openapi, 'paths', path, method, 'responses', status, ...CODES));
    return Object.values(codes).map((code) => ({ code, status }));
  });

describe('the OpenAPI document', () => {
  test('is OpenAPI 3.1', async () => {
    expect(openapi['openapi']).toBe('3.1.0');
    const result = await validate(JSON.parse(JSON.stringify(openapi)) as OpenapiInput);
    expect(result).toMatchObject({ valid: true, warnings: [] });
  });

  test('has every path, with the version of the service', () => {
    expect(Object.keys(membersOf(openapi['paths'])).sort()).toStrictEqual(PATHS);
    expect(at(openapi, 'info', 'version')).toBe('1.2.3');
  });

  test('has every parameter, with what is allowed, and each is used', () => {
    const parameters = membersOf(at(openapi, 'components', 'parameters'));
    expect(Object.keys(parameters).sort()).toStrictEqual(
      ['id', 'item', 'name', 'page', 'target', ...Object.keys(PARAMETERS)].sort(),
    );
    for (const [name, { allowed }] of Object.entries(PARAMETERS)) {
      expect(at(openapi, 'components', 'parameters', name, 'description')).toContain(allowed);
    }
    const used = new Set(JSON.stringify(openapi['paths']).match(/(?<=#\/components\/parameters\/)\w+/g));
    expect([...used].sort()).toStrictEqual(Object.keys(parameters).sort());
  });

  test('has every problem code: where it comes from, and in the table', () => {
    const declared = new Set(
      operations.flatMap(({ path, method }) => problemsOf(path, method).map(({ code }) => code)),
    );
    // Those of the WebSocket, which AsyncAPI describes.
    const elsewhere = ['invalid-handshake', 'upgrade-required'];
    // Told before it is known what was asked for.
    const unread = ['malformed-request', 'expectation-failed', 'headers-too-large'];
    expect([...declared, ...elsewhere, ...unread].sort()).toStrictEqual(Object.keys(PROBLEMS).sort());
    for (const code of Object.keys(PROBLEMS)) {
      expect(at(openapi, 'info', 'description')).toContain(`| \`${code}\` | `);
    }
  });

  test('says where the API is by its own address, so that it is right below a path of a proxy too', () => {
    const [server] = openapi['servers'] as readonly { readonly url: string }[];
    const baseOf = (address: string) => new URL(server?.url ?? 'nowhere', address).href;
    expect(baseOf('http://127.0.0.1:8000/api/openapi.json')).toBe('http://127.0.0.1:8000/');
    expect(baseOf('https://example.org/monitor/api/openapi.json')).toBe('https://example.org/monitor/');
  });

  test('puts each problem code under its status', () => {
    const declared = operations.flatMap(({ path, method }) => problemsOf(path, method));
    expect(declared.length).toBeGreaterThan(100);
    expect(declared.filter(({ code, status }) => status !== statuses.get(String(code)))).toStrictEqual([]);
  });

  test('has an example of each problem, as it is sent', () => {
    const validate = createValidators(openapi)('/components/schemas/Problem');
    const examples = Object.keys(membersOf(at(openapi, 'components', 'responses'))).flatMap((name) => {
      const path = ['components', 'responses', name, 'content', 'application/problem+json', 'examples'];
      return Object.entries(membersOf(at(openapi, ...path)));
    });
    expect(examples.length).toBeGreaterThan(15);
    for (const [code, example] of examples) {
      expect(validate(membersOf(example)['value'])).toStrictEqual([]);
      expect(example).toMatchObject({ value: { code, status: Number(statuses.get(code)) } });
    }
  });

  test.each(operations)('$name tells what it takes, answers and needs', ({ path, method }) => {
    const operation = membersOf(at(openapi, 'paths', path, method));
    expect(operation['summary']).toStrictEqual(expect.stringMatching(/^[A-Z].{8,}/));
    const isOpen = JSON.stringify(operation['security']) === '[]';
    expect(responsesOf(path, method)).toStrictEqual(expect.arrayContaining(['405', '429', '500']));
    for (const toStrangers of ['401', '403']) {
      expect(responsesOf(path, method).includes(toStrangers)).toBe(!isOpen);
    }
    const codes = problemsOf(path, method).map(({ code }) => code);
    expect(codes.includes('unknown-parameter')).toBe(!/z$|^\/status\//.test(path));
  });

  test('offers 304 wherever there is an ETag', () => {
    const tagged = operations.filter(
      ({ path, method }) =>
        at(openapi, 'paths', path, method, 'responses', '200', 'headers', 'ETag') !== undefined,
    );
    expect(tagged.length).toBeGreaterThan(5);
    for (const { path, method } of operations) {
      const isTagged = tagged.some((each) => each.path === path && each.method === method);
      expect([path, responsesOf(path, method).includes('304')]).toStrictEqual([path, isTagged]);
    }
  });

  test('lets no schema stand twice: records are referred to', () => {
    expect(
      at(
        openapi,
        'paths',
        '/api/streams',
        'get',
        'responses',
        '200',
        'content',
        'application/json',
        'schema',
      ),
    ).toMatchObject({ properties: { items: { items: { $ref: '#/components/schemas/StreamRecord' } } } });
    expect(JSON.stringify(openapi).length).toBeLessThan(205_000);
  });
});
