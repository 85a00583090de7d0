import { describe, expect, test } from '@jest/globals';
import { type HostRecord, HOST_ID_RULE, type HostsMessage, MESSAGE_VERSION } from '../../src/index.ts';
import {
  hostIdSchema,
  hostRecordSchema,
  hostsHeadSchema,
  hostsMessageSchema,
} from '../../src/schemas/index.ts';
import { complaints, expectRefused, withField } from '../support/refusals.ts';

const traffic = {
  inboundMbps: 812.4,
  outboundMbps: 1_900.012,
  inboundErrorsPerSecond: 0,
  outboundErrorsPerSecond: 0,
  inboundDropsPerSecond: 0.2,
  outboundDropsPerSecond: 0,
};
const seen: HostRecord = {
  host: 'media-1',
  os: 'Debian GNU/Linux 12 (bookworm)',
  kernel: '6.1.0-21-arm64',
  uptimeSeconds: 14_681.51,
  cpu: {
    cores: 2,
    percent: 43.1,
    userPercent: 38.2,
    systemPercent: 4.9,
    iowaitPercent: 0.4,
    stealPercent: 0,
    corePercents: [40.2, null],
  },
  load1: 2.95,
  load5: 4.55,
  load15: 4.96,
  memory: { totalBytes: 2 ** 34, availableBytes: 2 ** 33, usedBytes: 2 ** 33, usedPercent: 50 },
  swap: { totalBytes: 0, usedBytes: 0, usedPercent: null },
  disks: [
    {
      mount: '/',
      device: '/dev/vda',
      type: 'ext4',
      sizeBytes: 1e15,
      usedBytes: 4e14,
      freeBytes: 6e14,
      usedPercent: 40,
      inodes: null,
      freeInodes: null,
    },
  ],
  network: { ...traffic, interfaces: [{ name: 'eth0', ...traffic }] },
  temperatureCelsius: -12.5,
  mediamtx: [
    {
      pid: 812,
      startedAt: '2026-01-01T00:00:00.000Z',
      cpuPercent: 312.5,
      memoryBytes: 48_320_512,
      threads: 9,
      openFiles: 28,
    },
  ],
};
const nothing = (fields: object): object =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, null]));
/** A host of which nothing can be seen. */
const unseen = {
  ...nothing(seen),
  host: 'media-1',
  cpu: nothing(seen.cpu),
  memory: nothing(seen.memory),
  swap: nothing(seen.swap),
  network: nothing(seen.network),
};
const message: HostsMessage = {
  type: 'hosts',
  v: MESSAGE_VERSION,
  host: 'media-1',
  epoch: 1_767_225_600_000,
  seq: 1,
  collectedAt: '2026-01-01T00:00:00.000Z',
  publishedAt: '2026-01-01T00:00:00.012Z',
  intervalMs: 5_000,
  hosts: [seen],
};

const NUMBERS = [undefined, '1', NaN];
const COUNTS = [undefined, '1', -1, 1.5];
const PERCENTS = [undefined, '1', -0.1, 100.1];
const WRONG_RECORD: readonly (readonly [string, readonly unknown[]])[] = [
  ['host', [undefined, null, '', 'Media', 'x'.repeat(33), 7]],
  ['os', [undefined, 12, '']],
  ['kernel', [undefined, 6.1]],
  ['uptimeSeconds', [...NUMBERS, -1]],
  ['cpu', [undefined, null, 43]],
  ['cpu.cores', COUNTS],
  ['cpu.percent', PERCENTS],
  ['cpu.userPercent', PERCENTS],
  ['cpu.systemPercent', PERCENTS],
  ['cpu.iowaitPercent', PERCENTS],
  ['cpu.stealPercent', PERCENTS],
  ['cpu.corePercents', [undefined, 5, ['1'], [101], [-1]]],
  ['load1', [...NUMBERS, -1]],
  ['load5', [...NUMBERS, -1]],
  ['load15', [...NUMBERS, -1]],
  ['memory', [undefined, null]],
  ['memory.totalBytes', COUNTS],
  ['memory.availableBytes', COUNTS],
  ['memory.usedBytes', COUNTS],
  ['memory.usedPercent', PERCENTS],
  ['swap.totalBytes', COUNTS],
  ['swap.usedBytes', COUNTS],
  ['swap.usedPercent', PERCENTS],
  ['disks', [undefined, {}, [null], [{}]]],
  ['network', [undefined, null]],
  ['network.inboundMbps', [...NUMBERS, -1]],
  ['network.outboundDropsPerSecond', [...NUMBERS, -1]],
  ['network.interfaces', [undefined, {}, [null], [traffic]]],
  ['temperatureCelsius', NUMBERS],
  ['mediamtx', [undefined, {}, [null], [{}], [{ ...seen.mediamtx?.[0], pid: 0 }]]],
];

test('hostIdSchema says the rule when an id breaks it', () => {
  expect(hostIdSchema.validate('Media').error?.message).toBe(HOST_ID_RULE);
  expect(hostIdSchema.validate('events').error).toBeUndefined();
});

describe('hostRecordSchema', () => {
  test('takes a host that is seen, and one of which nothing is', () => {
    expect(complaints(hostRecordSchema, seen)).toStrictEqual([]);
    expect(complaints(hostRecordSchema, unseen)).toStrictEqual([]);
  });

  test('takes members that a newer agent adds', () => {
    const newer = { ...seen, gpu: {}, cpu: { ...seen.cpu, model: 'x' } };
    expect(complaints(hostRecordSchema, newer)).toStrictEqual([]);
  });

  test.each(WRONG_RECORD)('refuses a wrong %s', (path, wrong) => {
    expectRefused(hostRecordSchema, seen, path, wrong);
  });
});

describe('hostsMessageSchema', () => {
  test('takes a message, and its head alone has a schema too', () => {
    const { hosts, ...head } = message;
    expect(hosts).toHaveLength(1);
    expect(complaints(hostsMessageSchema, message)).toStrictEqual([]);
    expect(complaints(hostsHeadSchema, head)).toStrictEqual([]);
  });

  test.each([
    ['type', [undefined, null, 'streams']],
    ['v', [undefined, null, 0, 2, '1']],
    ['host', [undefined, null, 'Media']],
    ['epoch', [undefined, null, -1, 1.5]],
    ['seq', [undefined, null, 0, 1.5]],
    ['collectedAt', [undefined, null, 'now']],
    ['publishedAt', [undefined, null, 'now']],
    ['intervalMs', [undefined, null, -1]],
    ['hosts', [undefined, null, [], [seen, seen], [{}]]],
  ] as typeof WRONG_RECORD)('refuses a wrong %s', (path, wrong) => {
    expectRefused(hostsMessageSchema, message, path, wrong);
  });

  test('has its array last, so that relays need not read it', () => {
    expect(Object.keys(message).at(-1)).toBe('hosts');
    expect(complaints(hostsMessageSchema, withField(message, 'hosts', [unseen]))).toStrictEqual([]);
  });
});
