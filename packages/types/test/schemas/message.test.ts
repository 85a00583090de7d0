import { describe, expect, test } from '@jest/globals';
import {
  SERVER_ID_RULE,
  SOURCE_ERRORS,
  SOURCE_STATUSES,
  type StatusMessage,
  type StreamsHead,
} from '../../src/index.ts';
import {
  connectionsHeadSchema,
  serverIdSchema,
  serverStatusSchema,
  statusMessageSchema,
  streamsHeadSchema,
  streamsMessageSchema,
} from '../../src/schemas/index.ts';
import { complaints, expectRefused, withField } from '../support/refusals.ts';
import {
  head,
  message,
  serverStatus,
  unreachable,
  unreachedHead,
  unreachedStatus,
} from '../support/samples.ts';

const statusMessage: StatusMessage = { type: 'status', server: 'main', stale: true, ageMs: 7_300.5 };
const hostStatusMessage: StatusMessage = { type: 'status', host: 'media-1', stale: false, ageMs: 7_300.5 };

/** Wrong values of the fields that the head and the server status have in common. */
const WRONG_SHARED: readonly (readonly [string, readonly unknown[]])[] = [
  ['server', [undefined, null, '', 'Main', 'streams', 'x'.repeat(33), 7]],
  ['epoch', [undefined, null, -1, 1.5, '1767225600000', 2 ** 53]],
  ['seq', [undefined, null, 0, -1, 1.5, '1', 1_000_000_000_001]],
  ['collectedAt', [undefined, 'yesterday', 1_767_225_600_000, '', '2026-13-01T00:00:00Z', '2026-W01']],
  ['publishedAt', [undefined, null, 'now', 1_767_225_600_000, '']],
  ['intervalMs', [undefined, null, -1, 0, '2000', NaN, 86_400_001]],
  ['simulated', [undefined, null, 'false', 0]],
  ['source', [undefined, null, 'up', []]],
  ['source.status', [undefined, null, 'UP', 'unknown', '']],
  ['source.error', [undefined, 7, {}, 'x'.repeat(65_537)]],
  ['source.version', [undefined, 1.2, false, 'x'.repeat(201)]],
  ['missing', [undefined, null, 'paths', [7], ['x'.repeat(201)], Array.from({ length: 101 }, () => 'x')]],
  ['totals', [undefined, null, []]],
  ['totals.streams', [undefined, -1, 1.5, '2']],
  ['totals.readers', [undefined, -1, 1.5, '1']],
];
const WRONG_HEAD: typeof WRONG_SHARED = [
  ['type', [undefined, null, 'status', 7]],
  ['v', [undefined, null, 0, 2, '1']],
  ...WRONG_SHARED,
];
const WRONG_STALENESS: typeof WRONG_SHARED = [
  ['stale', [undefined, null, 'true', 1]],
  ['ageMs', [undefined, -1, '12', NaN]],
];

test.each([
  ['a head', streamsHeadSchema, head],
  ['a head of connections', connectionsHeadSchema, { ...head, type: 'connections' }],
  ['a message', streamsMessageSchema, message],
  ['a server', serverStatusSchema, serverStatus],
])('%s is taken with what a later release adds', (_what, schema, value) => {
  expect(complaints(schema, { ...value, added: 1 })).toStrictEqual([]);
});

describe('serverIdSchema', () => {
  test('says the rule when an id breaks it', () => {
    expect(serverIdSchema.validate('Main').error?.message).toBe(SERVER_ID_RULE);
    expect(serverIdSchema.validate('north-2').error).toBeUndefined();
  });
});

describe('streamsHeadSchema', () => {
  test('takes the head of a good tick, and of a server that never answered', () => {
    expect(complaints(streamsHeadSchema, head)).toStrictEqual([]);
    expect(complaints(streamsHeadSchema, unreachedHead)).toStrictEqual([]);
  });

  test.each(SOURCE_STATUSES)('takes the source status %s', (status) => {
    expect(complaints(streamsHeadSchema, withField(head, 'source.status', status))).toStrictEqual([]);
  });

  test('takes members that a newer collector adds', () => {
    const newer = { ...head, host: 'a', totals: { ...head.totals, live: 1 } };
    expect(complaints(streamsHeadSchema, newer)).toStrictEqual([]);
  });

  test('passes over a member of the source that it doesn’t know, as of a newer collector', () => {
    expect(
      complaints(streamsHeadSchema, withField(head, 'source', { ...head.source, since: 'x' })),
    ).toStrictEqual([]);
  });

  test('takes a head without what collectors before 0.2 leave out', () => {
    const older = { ...head, reasons: undefined, sourceError: undefined };
    expect(complaints(streamsHeadSchema, older)).toStrictEqual([]);
    expect(complaints(streamsHeadSchema, { ...head, reasons: [unreachable] })).toStrictEqual([]);
  });

  test('takes what people call a server and put on it, within bounds', () => {
    const older = { ...head, name: undefined, labels: undefined };
    expect(complaints(streamsHeadSchema, older)).toStrictEqual([]);
    for (const wrong of [{ labels: { 'si-te': 'x' } }, { labels: { site: 7 } }, { labels: null }]) {
      expect(complaints(streamsHeadSchema, { ...head, ...wrong })).toHaveLength(1);
    }
    for (const name of ['', 'x'.repeat(101), 'two\nlines', null]) {
      expect(complaints(streamsHeadSchema, { ...head, name })).not.toStrictEqual([]);
    }
  });

  test('takes reasons with codes and severities that a newer collector adds, and none of an older one', () => {
    for (const reasons of [[], [unreachable], [{ ...unreachable, code: 'disk-full', severity: 'fatal' }]]) {
      expect(complaints(streamsHeadSchema, { ...head, reasons })).toStrictEqual([]);
    }
  });

  test('the source keeps to the members that an API before 0.2 takes', () => {
    const { source }: StreamsHead = head;
    const known = { status: 'up', error: null, version: null } satisfies Required<typeof source>;
    expect(Object.keys(known)).toStrictEqual(Object.keys(source));
  });

  test('takes a source error, also one with a code that it doesn’t know', () => {
    for (const code of [...Object.keys(SOURCE_ERRORS), 'sun-spots']) {
      const sourceError = { code, values: { url: 'http://media:9997', service: '' } };
      expect(complaints(streamsHeadSchema, { ...head, sourceError })).toStrictEqual([]);
    }
  });

  test.each([
    null,
    'timeout',
    { code: 7, values: {} },
    { code: 'timeout' },
    { code: 'timeout', values: { url: 7 } },
  ])('refuses the source error %j', (sourceError) => {
    expect(complaints(streamsHeadSchema, { ...head, sourceError })).toHaveLength(1);
  });

  test('takes labels, and a head of an older collector, which has none', () => {
    for (const labels of [{}, { site: 'north', rack: '' }, undefined]) {
      expect(complaints(streamsHeadSchema, { ...head, labels })).toStrictEqual([]);
      expect(complaints(serverStatusSchema, { ...serverStatus, labels })).toStrictEqual([]);
    }
  });

  test.each([
    null,
    'north',
    { 'si-te': 'north' },
    { site: 7 },
    { site: 'x'.repeat(101) },
    Object.fromEntries(Array.from({ length: 17 }, (_, n) => [`label_${n}`, 'x'])),
  ])('refuses the labels %j', (labels) => {
    expect(complaints(streamsHeadSchema, { ...head, labels })).toHaveLength(1);
  });

  test.each(WRONG_HEAD)('refuses a wrong %s', (path, wrong) => {
    expectRefused(streamsHeadSchema, head, path, wrong);
  });

  test.each([
    [null, {}, ['x'], [{}], Array.from({ length: 101 }, () => unreachable)],
    [[{ ...unreachable, code: 'x'.repeat(201) }], [{ ...unreachable, since: 'now' }]],
  ])('refuses wrong reasons', (...wrong) => {
    expectRefused(streamsHeadSchema, unreachedHead, 'reasons', wrong);
  });
});

describe('streamsMessageSchema', () => {
  test('takes complete messages, an empty one too', () => {
    expect(complaints(streamsMessageSchema, message)).toStrictEqual([]);
    expect(complaints(streamsMessageSchema, { ...unreachedHead, streams: [] })).toStrictEqual([]);
  });

  test.each(WRONG_HEAD)('refuses a wrong %s', (path, wrong) => {
    expectRefused(streamsMessageSchema, message, path, wrong);
  });

  test('refuses a message without its array, or with a wrong record in it', () => {
    expectRefused(streamsMessageSchema, message, 'streams', [undefined, null, {}, [null], [{}]]);
    expect(
      complaints(streamsMessageSchema, { ...head, streams: [{ ...message.streams[1], rtt: '1' }] }),
    ).toStrictEqual(['streams.0.rtt']);
  });
});

describe('statusMessageSchema', () => {
  test('takes a known and an unknown age', () => {
    expect(complaints(statusMessageSchema, statusMessage)).toStrictEqual([]);
    expect(complaints(statusMessageSchema, { ...statusMessage, ageMs: null })).toStrictEqual([]);
    expect(complaints(statusMessageSchema, hostStatusMessage)).toStrictEqual([]);
    expect(complaints(statusMessageSchema, { ...hostStatusMessage, gone: true })).toStrictEqual([]);
  });

  test('refuses one about nothing, or gone in other words', () => {
    const nothing = withField(statusMessage, 'server', undefined);
    for (const wrong of [nothing, { ...statusMessage, gone: false }]) {
      expect(complaints(statusMessageSchema, wrong)).not.toStrictEqual([]);
    }
  });

  test.each([
    ['type', [undefined, null, 'streams']],
    WRONG_SHARED[0],
    ['host', [undefined, null, '', 'Media', 'x'.repeat(33), 7]],
    ...WRONG_STALENESS,
  ] as typeof WRONG_SHARED)('refuses a wrong %s', (path, wrong) => {
    const good = path === 'host' ? hostStatusMessage : statusMessage;
    for (const field of wrong) {
      expect([path, field, complaints(statusMessageSchema, withField(good, path, field))]).not.toStrictEqual([
        path,
        field,
        [],
      ]);
    }
  });
});

describe('serverStatusSchema', () => {
  test('takes a server with data and one without', () => {
    expect(complaints(serverStatusSchema, serverStatus)).toStrictEqual([]);
    expect(complaints(serverStatusSchema, unreachedStatus)).toStrictEqual([]);
  });

  test.each([
    ...WRONG_SHARED,
    ...WRONG_STALENESS,
    ['gone', [undefined, null, 'true', 1]],
  ] as typeof WRONG_SHARED)('refuses a wrong %s', (path, wrong) => {
    expectRefused(serverStatusSchema, serverStatus, path, wrong);
  });
});
