import { expect, test } from '@jest/globals';
import {
  type Attention,
  type AttentionStream,
  isAttention,
  MAX_ATTENTION,
  type Reason,
} from '../src/index.ts';
import { attentionSchema } from '../src/schemas/index.ts';

const since = '2026-01-01T00:00:00Z';
const REASON: Reason = { code: 'off-air', severity: 'critical', measured: null, limit: null, since };
const STREAM: AttentionStream = { name: 'cam', state: 'idle', health: 'critical', reasons: [REASON] };
const ATTENTION: Attention = { count: 1, worst: [STREAM] };
const withReason = (fields: object) => ({
  count: 1,
  worst: [{ ...STREAM, reasons: [{ ...REASON, ...fields }] }],
});

const bySchema = (value: unknown): boolean =>
  value !== undefined && attentionSchema.validate(value, { convert: false }).error === undefined;

test.each<[string, unknown]>([
  ['nothing known', null],
  ['none', { count: 0, worst: [] }],
  ['one', ATTENTION],
  ['more than are named', { ...ATTENTION, count: 7 }],
  ['a number that was measured', withReason({ measured: 1.5, limit: 0, detail: 'why' })],
  ['words that newer collectors have', withReason({ code: 'new', severity: 'new', detail: null, later: 1 })],
])('%s is right', (_what, value) => {
  expect([isAttention(value), bySchema(value)]).toStrictEqual([true, true]);
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['an array', []],
  ['a text', 'many'],
  ['a part of a stream', { count: 1.5, worst: [] }],
  ['less than none', { count: -1, worst: [] }],
  ['a number as text', { count: '1', worst: [] }],
  ['no list', { count: 1, worst: {} }],
  ['more than a head has room for', { count: 501, worst: new Array(MAX_ATTENTION + 1).fill(STREAM) }],
  ['a stream that is none', { count: 1, worst: [null] }],
  ['a stream without a name', { count: 1, worst: [{ ...STREAM, name: undefined }] }],
  ['a stream without reasons', { count: 1, worst: [{ ...STREAM, reasons: null }] }],
  ['a reason that is none', { count: 1, worst: [{ ...STREAM, reasons: [7] }] }],
  ['a reason without a code', withReason({ code: 7 })],
  ['a measure below zero', withReason({ measured: -1 })],
  ['a limit as text', withReason({ limit: '1' })],
  ['no time', withReason({ since: 'yesterday' })],
  ['a time before all years', withReason({ since: '-271821-04-20T00:00:00.000Z' })],
  ['a time after all years', withReason({ since: '+275760-09-13T00:00:00.000Z' })],
  ['no detail', withReason({ detail: {} })],
])('%s is wrong', (_what, value) => {
  expect([isAttention(value), bySchema(value)]).toStrictEqual([false, false]);
});
