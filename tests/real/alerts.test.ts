import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { Alert } from '@mediamtx-monitor/types';
import { startStandIn } from '../../services/alerter/test/support/stand-in.ts';
import { createRig } from '../support/rig.ts';
import { startAlerter } from '../support/services.ts';
import { publish, PROTOCOLS } from './support/media.ts';
import { type Mediamtx, startMediamtx } from './support/mediamtx.ts';
import { monitorFile } from './support/monitor-file.ts';
import { startMonitor } from './support/monitor.ts';

/** What a webhook was sent, and when it came (monotonic, in ms). */
interface HookMessage {
  readonly atMs: number;
  readonly fired: readonly Alert[];
  readonly resolved: readonly Alert[];
}

/** From a publisher's death to the message, with all settings as they are by default. */
const MAX_MS = 45_000;
/** An encoder that is back within 30 s sends nothing: away for less than that, seen a tick later at most. */
const AWAY_MS = 20_000;

const rig = createRig();
const delivered: HookMessage[] = [];
let mediamtx: Mediamtx;

beforeAll(async () => {
  const receiver = await startStandIn((response, { body }) => {
    const { data } = JSON.parse(body) as { readonly data: HookMessage };
    delivered.push({ ...data, atMs: performance.now() });
    response.end();
  });
  await rig.add({ stop: receiver.close });

  const MONITOR_CONFIG = await monitorFile(rig, {
    expected: [{ match: 'main/*' }, ...PROTOCOLS.map((protocol) => ({ match: `main/${protocol}` }))],
    notify: [{ name: 'duty', kind: 'webhook', url: `${receiver.url}/` }],
  });
  mediamtx = await rig.add(startMediamtx());
  const { redis } = await startMonitor(rig, mediamtx, { collector: { MONITOR_CONFIG } });
  await rig.add(startAlerter(redis, { MONITOR_CONFIG }));
});

afterAll(rig.stop);

const firedOf = (stream: string) =>
  delivered.find(({ fired }) =>
    fired.some(({ subject }) => 'stream' in subject && subject.stream === stream),
  );
const resolvedOf = (stream: string) =>
  delivered.find(({ resolved }) =>
    resolved.some(({ subject }) => 'stream' in subject && subject.stream === stream),
  );

test('the publisher of an expected stream is killed: told in 45 s with its cause, and that it is back', async () => {
  const publishers = await Promise.all(
    PROTOCOLS.map(async (protocol) => ({
      protocol,
      running: await publish(mediamtx, protocol, `main/${protocol}`),
    })),
  );
  for (const { running } of publishers) await rig.add(running);
  // They have to have been seen.
  await delay(6_000);
  const killedMs = performance.now();
  await Promise.all(publishers.map(({ running }) => running.kill()));
  await eventually(() => {
    expect(PROTOCOLS.filter((protocol) => firedOf(`main/${protocol}`) === undefined)).toStrictEqual([]);
  }, 60_000);
  for (const protocol of PROTOCOLS) {
    const message = firedOf(`main/${protocol}`);
    expect((message?.atMs ?? Infinity) - killedMs).toBeLessThan(MAX_MS);
    const alert = message?.fired.find(
      ({ subject }) => 'stream' in subject && subject.stream === `main/${protocol}`,
    );
    expect(alert).toMatchObject({ state: 'firing', severity: 'critical', resolvedAt: null });
    // Of an SRT publisher that says nothing any more MediaMTX tells later: it is off air, and not expected to be for long.
    expect(['not-live', 'off-air']).toContain(alert?.reasons[0]?.code);
  }
  for (const protocol of PROTOCOLS) await rig.add(publish(mediamtx, protocol, `main/${protocol}`));
  await eventually(() => {
    expect(PROTOCOLS.filter((protocol) => resolvedOf(`main/${protocol}`) === undefined)).toStrictEqual([]);
  }, 120_000);
}, 300_000);

test('an encoder that connects again within 30 s sends nothing', async () => {
  const before = delivered.length;
  const running = await rig.add(publish(mediamtx, 'rtmp', 'main/encoder'));
  await delay(6_000);
  await running.kill();
  await delay(AWAY_MS);
  await rig.add(publish(mediamtx, 'rtmp', 'main/encoder'));
  await delay(60_000);
  expect(delivered.slice(before)).toStrictEqual([]);
}, 200_000);
