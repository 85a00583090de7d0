import { expect, test } from '@jest/globals';
import {
  CLOSE_CODES,
  EVENT_TYPES,
  EXIT_CODES,
  PROBLEMS,
  SOCKET_ERRORS,
  STREAM_REASON_CODES,
} from '@mediamtx-monitor/types';
import { protocolText, readText } from './support/documents.ts';
import { codeSpans, rowsUnder } from './support/markdown.ts';

const protocol = protocolText();

test('the protocol pages list every problem code with its status, and no other', () => {
  const documented = rowsUnder(protocol, 'code', 'status').map((row) => [
    codeSpans(row.first).join(),
    Number(row.cell('status')),
  ]);
  const known = Object.entries(PROBLEMS).map(([code, { status }]) => [code, status]);
  expect(documented.sort()).toStrictEqual(known.sort());
});

test('the protocol pages list every reason of streams and connections', () => {
  const documented = rowsUnder(protocol, 'code', 'of', 'measured').flatMap((row) => codeSpans(row.first));
  expect(STREAM_REASON_CODES.filter((code) => !documented.includes(code))).toStrictEqual([]);
});

test('the protocol pages list every type of event, and no other', () => {
  const documented = rowsUnder(protocol, 'event', 'when').flatMap((row) => codeSpans(row.first));
  expect(documented.sort()).toStrictEqual([...EVENT_TYPES].sort());
});

const closeRows = rowsUnder(protocol, 'close code').flatMap((row) =>
  row.first.split(', ').map((code) => ({ code: Number(code), comesBack: row.cell('come back') })),
);

test('the protocol pages list every close code, and no other of our own', () => {
  const known: readonly number[] = Object.values(CLOSE_CODES);
  const documented = closeRows.map(({ code }) => code);
  expect(known.filter((code) => !documented.includes(code))).toStrictEqual([]);
  expect(documented.filter((code) => code >= 4000 && !known.includes(code))).toStrictEqual([]);
});

test('the close codes say whether to come back as their range does', () => {
  const mayComeBack = (code: number): boolean => code === 1012 || (code >= 4100 && code <= 4199);
  const ours = closeRows.filter(({ code }) => code === 1012 || code >= 4000);
  for (const { code, comesBack } of ours) {
    expect([code, /^yes\b/.test(comesBack)]).toStrictEqual([code, mayComeBack(code)]);
    expect(comesBack).toMatch(/^(yes|no)\b/);
  }
});

test('the protocol pages list every error of a WebSocket with the close code that follows, and no other', () => {
  const documented = rowsUnder(protocol, 'error code', 'close code').map((row) => [
    codeSpans(row.first).join(),
    Number(row.cell('close code')),
  ]);
  const known = Object.entries(SOCKET_ERRORS).map(([code, name]) => [code, CLOSE_CODES[name]]);
  expect(documented.sort()).toStrictEqual(known.sort());
});

test('docs/operations.md lists every exit code, and no other', () => {
  const documented = rowsUnder(readText('docs/operations.md'), 'code').map((row) => Number(row.first));
  expect(documented.sort()).toStrictEqual(Object.values(EXIT_CODES).sort());
});
