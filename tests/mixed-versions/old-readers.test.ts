import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Simulator, startSimulator } from '@mediamtx-monitor/simulator';
import { releasedMessage } from '@mediamtx-monitor/testkit';
import type { StreamRecord, StreamsMessage } from '@mediamtx-monitor/types';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { openStage, type Stage } from '../whole-path/support/stage.ts';

/** What release 0.1.0 takes, in JSON Schema. */
const schemas = JSON.parse(releasedMessage('schemas')) as Readonly<Record<string, ReleasedSchema>>;
type ReleasedSchema = { readonly [name: string]: unknown };

const ajv = new Ajv2020({ allErrors: true, strict: false, formats: { 'date-time': true } });
const complaints = (schema: unknown, value: unknown): readonly string[] => {
  const validate = ajv.compile(schema as object);
  return validate(value)
    ? []
    : (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message ?? ''}`);
};

/** The schema without the tables of states and codes: readers pass over what they don't know. */
function withoutTables(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutTables);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([name, value]) =>
      name === 'enum' ? [] : [[name, withoutTables(value)]],
    ),
  );
}

const FAULTS = [
  { kind: 'gone', stream: 'cam/stage-left' },
  { kind: 'gone', stream: 'cam/crowd' },
  { kind: 'gone', stream: 'drone-1' },
  { kind: 'forwardFailing', stream: 'obs/main' },
  { kind: 'status', status: 500, list: 'srtconns' },
  { kind: 'down' },
] as const;

let simulator: Simulator;
let stage: Stage;
/** Of every scene: a server that is well, streams that are gone, lists that fail, a server that is down. */
const messages: StreamsMessage[] = [];

beforeAll(async () => {
  simulator = await startSimulator({
    version: '1.21',
    eventful: true,
    nowMs: () => 0,
    wallMs: Date.parse('2026-11-22T13:45:00Z'),
  });
  stage = await openStage(simulator.url);
  await stage.ticks(6);
  messages.push(stage.message());
  for (const fault of FAULTS) {
    await simulator.setFault(fault);
    await stage.ticks(2);
    messages.push(stage.message());
    await simulator.setFault(null);
    await stage.ticks();
  }
});
afterAll(async () => {
  await stage.stop();
  await simulator.close();
});

const codes = () =>
  new Set(
    messages.flatMap(({ streams }) => streams.flatMap(({ reasons }) => reasons.map(({ code }) => code))),
  );

test('the scenes have what is new in them', () => {
  expect([...codes()]).toStrictEqual(expect.arrayContaining(['off-air', 'forward-failing']));
  const states = new Set(messages.flatMap(({ streams }) => streams.map(({ state }) => state)));
  expect([...states]).toContain('missing');
  expect(messages.some(({ source }) => source.status !== 'up')).toBe(true);
  expect(messages.some(({ missing }) => missing.includes('srtconns'))).toBe(true);
});

describe('what a collector publishes', () => {
  test('has heads that an API of the last release takes', () => {
    for (const message of messages) {
      // The array isn't of the head.
      const head = Object.fromEntries(Object.entries(message).filter(([name]) => name !== 'streams'));
      expect(complaints(schemas['streamsHead'], head)).toStrictEqual([]);
      expect(complaints(schemas['connectionsHead'], { ...head, type: 'connections' })).toStrictEqual([]);
    }
  });

  test('has records with every member that they had, of the same kind; new ones stand beside', () => {
    const record = withoutTables(schemas['streamRecord']);
    for (const { streams } of messages) {
      for (const stream of streams) expect(complaints(record, stream)).toStrictEqual([]);
    }
  });

  test('has tables with the same members as before', () => {
    const old = JSON.parse(releasedMessage('streams')) as StreamsMessage;
    for (const { totals } of messages.filter(({ source }) => source.status === 'up')) {
      expect(Object.keys(totals.states ?? {}).sort()).toStrictEqual(
        Object.keys(old.totals.states ?? {}).sort(),
      );
      expect(Object.keys(totals.healths ?? {}).sort()).toStrictEqual(
        Object.keys(old.totals.healths ?? {}).sort(),
      );
      const listed = Object.values(totals.states ?? {}).reduce((sum, count) => sum + count, 0);
      expect(totals.streams).toBe(listed);
    }
  });

  test('keeps the eight fields of streams that MediaMTX doesn’t list those of an idle one', () => {
    const missing = messages.flatMap(({ streams }) => streams.filter(({ state }) => state === 'missing'));
    const eight: Partial<StreamRecord> = {
      ...{ sourceType: null, tracks: [], bytesReceived: 0, readers: 0 },
      ...{ rtt: null, recvRateMbps: null, linkCapacityMbps: null },
    };
    for (const record of missing) expect(record).toMatchObject(eight);
  });
});

test('no secret of a pulled source, of a forward or of the configuration is in anything', () => {
  expect(stage.everything()).not.toContain('simulated-secret');
  expect(simulator.detailRequests.configuration).toBeGreaterThan(0);
});
