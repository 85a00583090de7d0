import { expect, test } from '@jest/globals';
import { createFakeClock, createLogRecorder } from '@mediamtx-monitor/testkit';
import type { TickOutcome } from '@mediamtx-monitor/runtime';
import type { HostRecord } from '@mediamtx-monitor/types';
import { HostAgent } from '../src/agent.ts';
import type { HostFacts } from '../src/host.ts';
import { interfaceFacts, UNSEEN } from './support/observations.ts';

const LOOK_MS = 3;

/** An agent whose ticks end as they are told to, 3 ms after they began. */
function create() {
  const clock = createFakeClock();
  const log = createLogRecorder();
  const published: { record: HostRecord; collectedAtMs: number }[] = [];
  const remembered: HostRecord[] = [];
  let outcome: TickOutcome | Error = 'published';
  let inboundBytes = 0;
  let seen: Partial<HostFacts> = {};
  const agent = new HostAgent({
    host: 'media-1',
    read: () => {
      inboundBytes += 125_000;
      const interfaces = [interfaceFacts({ inboundBytes })];
      const facts = { ...UNSEEN, atMs: clock.monotonicMs(), interfaces, ...seen };
      clock.advance(LOOK_MS);
      return Promise.resolve(facts);
    },
    publish: (record, collectedAtMs) => {
      published.push({ record, collectedAtMs });
      return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
    },
    remember: (record) => remembered.push(record),
    clock,
    logger: log.logger,
  });
  const tick = async (as: TickOutcome | Error): Promise<void> => {
    outcome = as;
    await agent.tick();
  };
  const look = (facts: Partial<HostFacts>): void => {
    seen = facts;
  };
  return { agent, clock, log, look, published, remembered, tick };
}

test('a record has the time at which it was begun, and rates since the one before', async () => {
  const { clock, published, tick } = create();
  const firstMs = clock.wallMs();
  await tick('published');
  clock.advance(1_000 - LOOK_MS);
  await tick('published');
  expect(published.map(({ collectedAtMs }) => collectedAtMs)).toStrictEqual([firstMs, firstMs + 1_000]);
  expect(published.map(({ record }) => record.network.inboundMbps)).toStrictEqual([null, 1]);
});

test('what is stored, or could not be, is remembered; not what another agent of the same host stands for', async () => {
  const { published, remembered, tick } = create();
  await tick('published');
  await tick(new Error('away'));
  await tick('superseded');
  expect(remembered).toStrictEqual(published.slice(0, 2).map(({ record }) => record));
});

test('a record says what is wrong with the host, and since when', async () => {
  const { clock, look, published, tick } = create();
  const judged = () => {
    const { health, reasons } = published.at(-1)?.record ?? {};
    return { health, reasons };
  };
  await tick('published');
  expect(judged()).toStrictEqual({ health: 'unknown', reasons: [] });
  const memory = (availableBytes: number) => ({ ...UNSEEN.memory, totalBytes: 100, availableBytes });
  const since = new Date(clock.wallMs()).toISOString();
  look({ memory: memory(10) });
  await tick('published');
  expect(judged()).toStrictEqual({
    health: 'warning',
    reasons: [{ code: 'memory-high', severity: 'warning', measured: 90, limit: 85, since }],
  });
  look({ memory: memory(11) });
  // Though Redis didn't take it.
  await tick(new Error('it is not connected'));
  expect(judged().reasons).toStrictEqual([expect.objectContaining({ measured: 89, since })]);
  look({ memory: memory(50) });
  await tick('published');
  expect(judged()).toStrictEqual({ health: 'ok', reasons: [] });
});

test('what it says of its last tick', async () => {
  const { agent, tick } = create();
  expect([agent.facts, agent.status]).toStrictEqual([
    { published: null, lastTickMs: null },
    'looking at host media-1',
  ]);
  await tick('published');
  expect([agent.facts, agent.status]).toStrictEqual([
    { published: 'published', lastTickMs: LOOK_MS },
    'host media-1 is stored in Redis',
  ]);
  await tick(new Error('it is not connected'));
  expect([agent.facts, agent.status]).toStrictEqual([
    { published: 'failed', lastTickMs: LOOK_MS },
    'not stored: Redis did not take the message: it is not connected',
  ]);
});

test('a change is logged once', async () => {
  const { log, tick } = create();
  const away = new Error('it is not connected');
  for (const outcome of [
    'published',
    'published',
    away,
    away,
    'late',
    'superseded',
    'superseded',
    'published',
  ] as const) {
    await tick(outcome);
  }
  expect(log.lines.map(({ level, message }) => `${level} ${message}`)).toStrictEqual([
    'info host media-1 is stored in Redis',
    'warn not stored: Redis did not take the message: it is not connected',
    'warn not stored: Redis got the message too late and left it out',
    'warn not stored: another agent publishes host media-1: stop one, or give this machine another HOST_ID',
    'info host metrics are stored in Redis again',
  ]);
});

test('what Redis repeats of a password is not logged', async () => {
  const { log, tick } = create();
  await tick(new Error("ERR unknown command 'auth', with args beginning with: 'agent' 'geheim' "));
  expect(log.messages('warn')).toStrictEqual([
    "not stored: Redis did not take the message: ERR unknown command 'auth', with args (removed)",
  ]);
});

test('a failure from the start is logged, and its end', async () => {
  const { log, tick } = create();
  await tick('superseded');
  await tick('published');
  expect(log.messages('warn')).toHaveLength(1);
  expect(log.messages('info')).toStrictEqual(['host metrics are stored in Redis again']);
});
