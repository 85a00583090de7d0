import { describe, expect, test } from '@jest/globals';
import { problemOf } from '../../src/http/refusal.ts';
import { type ReceivedAnswer, createExpectDescribed } from './described.ts';
import { openapi } from './documents.ts';
import { SAMPLES } from './samples.ts';

const expectDescribed = createExpectDescribed(openapi);
const JSON_TYPE = 'application/json; charset=utf-8';
const answer = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): ReceivedAnswer => ({
  status,
  headers: new Headers({ 'Content-Type': JSON_TYPE, ...headers }),
  text: body === '' ? '' : JSON.stringify(body),
});
const DATA_HEADERS = { ETag: '"a"', Vary: 'Accept-Encoding', Age: '3', 'X-Snapshot-Stale': 'false' };
const PROBLEM = { 'Content-Type': 'application/problem+json' };

/** So that a test that expects answers to be as described can fail. */
describe('expectDescribed', () => {
  const [stream] = SAMPLES.StreamRecord;
  const gone = problemOf({ code: 'unknown-stream', detail: 'Gone.' });
  const refused = problemOf({ code: 'method-not-allowed', detail: 'GET, HEAD.' });

  test.each<[string, string, ReceivedAnswer]>([
    ['GET', '/api/streams/a/b', answer(200, stream, DATA_HEADERS)],
    ['HEAD', '/api/streams/a', answer(200, '', DATA_HEADERS)],
    ['GET', '/api/streams/a', answer(304, '', DATA_HEADERS)],
    ['GET', '/api/streams/a', answer(404, gone, PROBLEM)],
    ['GET', '/api/streams/a/connections', answer(200, { items: [], total: 0 }, DATA_HEADERS)],
    ['DELETE', '/api/streams/a', answer(405, refused, { ...PROBLEM, Allow: 'GET, HEAD' })],
    ['GET', '/nothing', answer(404, problemOf({ code: 'not-found', detail: 'Nothing.' }), PROBLEM)],
  ])('takes a right answer: %s %s %#', (method, path, right) => {
    expectDescribed(method, path, right);
  });

  test.each<[string, string, string, ReceivedAnswer]>([
    ['a status', 'GET', '/api/streams/a', answer(418, stream, DATA_HEADERS)],
    ['a body', 'GET', '/api/streams/a', answer(200, { ...stream, readers: '3' }, DATA_HEADERS)],
    ['a body in a list', 'GET', '/api/streams', answer(200, { items: [{}], total: 1 }, DATA_HEADERS)],
    [
      'a media type',
      'GET',
      '/api/streams/a',
      answer(200, stream, { ...DATA_HEADERS, 'Content-Type': 'text/html' }),
    ],
    ['a body of HEAD', 'HEAD', '/api/streams/a', answer(200, stream, DATA_HEADERS)],
    ['a body of 304', 'GET', '/api/streams/a', answer(304, stream, DATA_HEADERS)],
    ['a header’s value', 'GET', '/api/streams/a', answer(200, stream, { ...DATA_HEADERS, Age: '-1' })],
    ['a header that isn’t described', 'GET', '/readyz', answer(200, { status: 'ready' }, { ETag: '"a"' })],
    ['no required header', 'DELETE', '/api/streams/a', answer(405, refused, PROBLEM)],
    ['a code of another status', 'GET', '/api/streams/a', answer(404, { ...gone, status: 400 }, PROBLEM)],
    ['a code of another resource', 'GET', '/api/streams/latest', answer(404, gone, PROBLEM)],
    ['a code of another path', 'GET', '/nothing', answer(404, gone, PROBLEM)],
  ])('refuses %s', (_what, method, path, wrong) => {
    expect(() => {
      expectDescribed(method, path, wrong);
    }).toThrow();
  });
});
