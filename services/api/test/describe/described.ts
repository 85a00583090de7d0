import { expect } from '@jest/globals';
import type { JsonObject } from '../../src/describe/json-schema.ts';
import { at, membersOf } from './documents.ts';
import { createValidators } from './validators.ts';

/** An answer as a client sees it. */
export interface ReceivedAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Its body; empty where there is none. */
  readonly text: string;
}

/**
 * Expects that an answer is one that the description tells of: status, headers, media type and body.
 * @returns where that is, as in `get /api/streams 200`
 */
export type ExpectDescribed = (method: string, path: string, answer: ReceivedAnswer) => string;

const escaped = (part: string): string => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const encoded = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');

export function createExpectDescribed(openapi: JsonObject): ExpectDescribed {
  const validatorOf = createValidators(openapi);
  const templates = Object.keys(membersOf(openapi['paths']))
    // Longer ones and those without a name say more.
    .sort((a, b) => Number(a.includes('{')) - Number(b.includes('{')) || b.length - a.length)
    .map((template) => ({
      template,
      pattern: new RegExp(
        `^${template
          .split(/\{(?:name|id|target|page|item)\}/)
          .map(escaped)
          .join('.+')}$`,
      ),
    }));
  const headerNames = Object.keys(membersOf(at(openapi, 'components', 'headers')));

  /** Where the answer stands in the document. */
  function responseOf(method: string, path: string, status: number): string[] {
    const template = templates.find(({ pattern }) => pattern.test(path))?.template;
    if (template === undefined) return ['components', 'responses', 'not-found'];
    const methods = Object.keys(membersOf(at(openapi, 'paths', template)));
    const same = method === 'HEAD' ? 'get' : method.toLowerCase();
    // What a method that isn't there is answered with is told beside those that are.
    const operation = methods.includes(same) ? same : (methods[0] ?? '');
    return ['paths', template, operation, 'responses', String(status)];
  }

  function expectHeaders(response: readonly string[], headers: Headers): void {
    const described = membersOf(at(openapi, ...response, 'headers'));
    for (const name of headerNames) {
      const value = headers.get(name);
      const header = membersOf(at(openapi, ...response, 'headers', name));
      if (value === null) expect([name, header['required'] ?? false]).toStrictEqual([name, false]);
      // Any answer may depend on the origin.
      else if (name !== 'Vary') expect(Object.keys(described)).toContain(name);
      if (value === null || !(name in described)) continue;
      const { type } = membersOf(header['schema']) as { type?: string };
      const parsed: unknown = type === 'string' ? value : JSON.parse(value);
      expect([name, value, validatorOf(`/components/headers/${name}/schema`)(parsed)]).toStrictEqual([
        name,
        value,
        [],
      ]);
    }
  }

  function expectBody(response: readonly string[], { headers, text }: ReceivedAnswer): void {
    const content = Object.keys(membersOf(at(openapi, ...response, 'content')));
    const [type = ''] = (headers.get('content-type') ?? '').split(';', 1);
    expect(content).toContain(type);
    const body: unknown = type.endsWith('json') ? JSON.parse(text) : text;
    const pointer = ['content', type, 'schema'];
    const place = membersOf(at(openapi, ...response.slice(0, -1)))[response.at(-1) ?? ''];
    const reference = membersOf(place)['$ref'];
    const base = typeof reference === 'string' ? reference.slice(1) : `/${response.map(encoded).join('/')}`;
    expect(validatorOf(`${base}/${pointer.map(encoded).join('/')}`)(body)).toStrictEqual([]);
  }

  return (method, path, answer) => {
    const response = responseOf(method, path, answer.status);
    expect([method, path, answer.status, at(openapi, ...response)]).toStrictEqual([
      method,
      path,
      answer.status,
      expect.objectContaining({ description: expect.any(String) }),
    ]);
    expectHeaders(response, answer.headers);
    if (method === 'HEAD' || answer.status === 304) expect(answer.text).toBe('');
    else expectBody(response, answer);
    const [, template = '', operation = '', , status = ''] = response;
    return `${operation} ${template} ${status}`;
  };
}
