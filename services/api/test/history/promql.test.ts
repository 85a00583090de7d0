import { expect, test } from '@jest/globals';
import { HISTORY, type HistorySubject } from '@mediamtx-monitor/types';
import fc from 'fast-check';
import type { HistoryQuestion } from '../../src/http/history.ts';
import { queriesFor, quoted, type Scraped, streamsNamed } from '../../src/history/promql.ts';

const SCRAPED: Scraped = { everySeconds: 5, selector: '' };
const question = (subject: HistorySubject, fields: readonly string[], stepSeconds = 30): HistoryQuestion => ({
  ...{ subject, fields, stepSeconds },
  ...{ fromMs: 0, toMs: 60_000 },
});
const stream = (name: string): HistorySubject => ({ kind: 'stream', server: 'main', stream: name });
const allFields = (kind: HistorySubject['kind']): string[] => [
  'state',
  'health',
  ...Object.keys(HISTORY[kind].fields),
];

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ...(['\\', '"'] as const).map((sign) => [sign, sign] as const),
  ...Object.entries({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', a: '\u0007' }),
]);

/** Reads a text in double quotes as PromQL's lexer does: what it holds, and what comes behind it. */
function readText(promql: string): { readonly text: string; readonly rest: string } {
  let text = '';
  let at = 1;
  for (;;) {
    const sign = promql[at];
    if (sign === undefined || sign === '\n') throw new Error('the text does not end');
    if (sign === '"') return { text, rest: promql.slice(at + 1) };
    if (sign !== '\\') {
      text += sign;
      at += 1;
      continue;
    }
    const name = promql[at + 1] ?? '';
    const hex = name === 'u' ? promql.slice(at + 2, at + 6) : '';
    const code = Number.parseInt(hex, 16);
    const escaped = ESCAPES.get(name) ?? (/^[\da-f]{4}$/i.test(hex) ? String.fromCharCode(code) : undefined);
    if (escaped === undefined || (code >= 0xd800 && code < 0xe000))
      throw new Error(`an escape that is none: ${name}`);
    text += escaped;
    at += name === 'u' ? 6 : 2;
  }
}

/** A query without its texts, and these. */
function taken(promql: string): { readonly bones: string; readonly texts: readonly string[] } {
  const start = promql.indexOf('"');
  if (start < 0) return { bones: promql, texts: [] };
  const { text, rest } = readText(promql.slice(start));
  const others = taken(rest);
  return { bones: `${promql.slice(0, start)}"${others.bones}`, texts: [text, ...others.texts] };
}

const anyName = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 500 }),
  fc.string({
    unit: fc.constantFrom('"', '\\', '\n', '\r', '\u0000', '{', '}', "'", '`', ',', '📹', '\ud800', 'a'),
  }),
);

test('whatever a stream is called, it is one text', () => {
  fc.assert(
    fc.property(anyName, (name) => {
      const { text, rest } = readText(quoted(name));
      expect([text, rest]).toStrictEqual([Buffer.from(name).toString(), '']);
    }),
  );
});

test('whatever a stream is called, nothing but its name is another in a query', () => {
  const queries = (name: string): string[] => [
    streamsNamed(name, SCRAPED),
    ...queriesFor(question(stream(name), allFields('stream')), SCRAPED).map(({ promql }) => promql),
  ];
  const usual = queries('cam').map(taken);
  fc.assert(
    fc.property(anyName, (name) => {
      const known = Buffer.from(name).toString();
      const odd = queries(name).map(taken);
      expect(odd).toStrictEqual(
        usual.map(({ bones, texts }) => ({
          bones,
          texts: texts.map((text) => (text === 'cam' ? known : text)),
        })),
      );
    }),
    { numRuns: 50 },
  );
});

test.each<HistorySubject>([
  stream('cam'),
  { kind: 'server', server: 'main' },
  { kind: 'host', host: 'media-1' },
])('of a $kind nothing is asked for but what was scraped within a stretch of time', (subject) => {
  const queries = queriesFor(question(subject, allFields(subject.kind)), SCRAPED);
  expect(queries.length).toBeGreaterThan(10);
  for (const { promql } of queries) expect(taken(promql).bones).not.toMatch(/\}(?!\[\d+ms\])/);
});

test('state and health are asked for together, and numbers by themselves', () => {
  const fieldsFor = (fields: readonly string[]): string[] =>
    queriesFor(question(stream('cam'), fields), SCRAPED).map(
      ({ field, statistic }) => `${field} ${statistic}`,
    );
  expect(fieldsFor(['health'])).toStrictEqual(['state worst', 'health worst']);
  expect(fieldsFor(['rttP95Ms', 'discardsPerSecond'])).toStrictEqual(['rttP95Ms mean', 'rttP95Ms max']);
});

test.each([
  [60_000, 5],
  [100_000_000, 5],
  [100_001_000, 10],
  [30 * 86_400_000, 130],
  [366 * 86_400_000, 1_585],
])('of %d ms an expression is looked at no more than 20,000 times, every %d s', (windowMs, lookSeconds) => {
  const asked = { ...question(stream('cam'), ['inboundMbps'], 86_400), toMs: windowMs };
  const [query] = queriesFor(asked, SCRAPED);
  expect(query?.promql).toContain(`[86399999ms:${lookSeconds * 1_000}ms]`);
  expect(windowMs / (lookSeconds * 1_000)).toBeLessThanOrEqual(20_000);
});
