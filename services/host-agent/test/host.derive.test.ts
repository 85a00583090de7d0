import { describe, expect, test } from '@jest/globals';
import { hostRecordSchema } from '@mediamtx-monitor/types/schemas';
import fc from 'fast-check';
import { parseLoad, parseStat } from '../src/cpu.ts';
import type { FileSystemSizes } from '../src/files.ts';
import { deriveHost, type HostFacts } from '../src/host.ts';
import { parseMemory } from '../src/memory.ts';
import { carriers, parseNetDev } from '../src/network.ts';
import { parseProcessStat, parseResidentBytes } from '../src/processes.ts';
import { parseTemperature } from '../src/sensors.ts';
import { parseOsRelease, parseUptime } from '../src/system.ts';
import { interfaceFacts, processFacts, UNSEEN } from './support/observations.ts';
import { VIRTUAL_MACHINE } from './support/virtual-machine.ts';

const text = (path: string): string => VIRTUAL_MACHINE[path] ?? '';

test('a host of which nothing is seen is all unknown', () => {
  const record = deriveHost('media-1', UNSEEN, { ...UNSEEN, atMs: 6_000 });
  const leavesOf = (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [value];
  const leaves = leavesOf(record);
  expect(leaves.length).toBeGreaterThan(20);
  expect(leaves.filter((value) => value !== null)).toStrictEqual(['media-1']);
  expect(hostRecordSchema.validate(record).error).toBeUndefined();
});

test('rates span the time between two looks, however long that was', () => {
  const look = (atMs: number, bytes: number, ticks: number): HostFacts => ({
    ...UNSEEN,
    atMs,
    interfaces: [interfaceFacts({ inboundBytes: bytes })],
    mediamtx: [processFacts({ cpuTicks: ticks })],
  });
  const record = deriveHost('media-1', look(1_000, 0, 0), look(21_000, 2_500_000, 500));
  expect(record.network.inboundMbps).toBe(1);
  expect(record.mediamtx?.[0]?.cpuPercent).toBe(25);
});

test('what is told as it is', () => {
  const record = deriveHost('media-1', null, {
    ...UNSEEN,
    os: 'Debian',
    kernel: '6.1',
    uptimeSeconds: 7.5,
    load: { load1: 1, load5: 2, load15: 3 },
    temperatureCelsius: 48.312,
  });
  expect(record).toMatchObject({
    host: 'media-1',
    os: 'Debian',
    kernel: '6.1',
    uptimeSeconds: 7.5,
    load1: 1,
    load5: 2,
    load15: 3,
    temperatureCelsius: 48.3,
  });
});

describe('whatever the files hold', () => {
  /** A real text in which some characters are others, and which may break off. */
  const broken = (original: string): fc.Arbitrary<string> =>
    fc
      .tuple(
        fc.array(fc.tuple(fc.nat(original.length), fc.string({ maxLength: 3 })), { maxLength: 8 }),
        fc.nat(original.length * 2),
        fc.stringMatching(/^[0-9]{0,25}$/),
      )
      .map(([edits, end, digits]) => {
        const edited = edits.reduce(
          (sofar, [at, piece]) => sofar.slice(0, at) + piece + sofar.slice(at + piece.length),
          original,
        );
        return edited.replace(/\d{4,}/, digits).slice(0, end);
      });
  const sizes: fc.Arbitrary<FileSystemSizes> = fc.record({
    bsize: fc.nat(),
    blocks: fc.oneof(fc.nat(), fc.constant(2 ** 64)),
    bfree: fc.nat(),
    bavail: fc.oneof(fc.nat(), fc.constant(2 ** 64 - 2_048)),
    files: fc.nat(),
    ffree: fc.nat(),
  });
  const observation: fc.Arbitrary<HostFacts> = fc
    .record({
      atMs: fc.nat(100_000),
      stat: broken(text('proc/stat')),
      meminfo: broken(text('proc/meminfo')),
      loadavg: broken(text('proc/loadavg')),
      uptime: broken(text('proc/uptime')),
      netDev: broken(text('proc/net/dev')),
      release: broken(text('usr/lib/os-release')),
      processStat: broken(text('proc/2685/stat')),
      processStatus: broken(text('proc/2685/status')),
      sensor: broken('48312\n'),
      sizes: fc.option(sizes),
    })
    .map((files) => {
      const {
        startTicks = null,
        cpuTicks = null,
        threads = null,
      } = parseProcessStat(files.processStat) ?? {};
      const memoryBytes = parseResidentBytes(files.processStatus);
      return {
        atMs: files.atMs,
        os: parseOsRelease(files.release),
        kernel: null,
        uptimeSeconds: parseUptime(files.uptime),
        cpu: parseStat(files.stat),
        load: parseLoad(files.loadavg),
        memory: parseMemory(files.meminfo),
        disks: [{ mount: '/', device: '/dev/vda', type: 'ext4', sizes: files.sizes }],
        interfaces: carriers(parseNetDev(files.netDev), new Set(['eth0'])),
        temperatureCelsius: parseTemperature(files.sensor),
        mediamtx: startTicks === null ? null : [processFacts({ startTicks, cpuTicks, threads, memoryBytes })],
      };
    });

  test('the record keeps to its schema, also once it is JSON', () => {
    fc.assert(
      fc.property(fc.option(observation), observation, (before, now) => {
        const json = JSON.stringify(deriveHost('media-1', before, now));
        expect(hostRecordSchema.validate(JSON.parse(json), { convert: false }).error).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});
