import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import { eventually, parseMetrics, testRedis } from '@mediamtx-monitor/testkit';
import { WebSocket } from 'ws';
import { headOf, TestPublisher, streamOf } from '../../services/api/test/publisher.ts';
import { hasEnded, startApiProcess } from './support/api-process.ts';
import { attack } from './support/attack.ts';
import { choicesFrom, fuzzSettings } from './support/random.ts';

const { seconds, seed } = fuzzSettings(process.env, 10);
/** Connections at the same time. */
const STRANGERS = 24;
const TICK_MS = 250;
const PATIENCE_MS = 40_000;

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0).reverse()) end();
});

/** A client of ours, which has to notice nothing of all that. */
function watchTicks(port: number) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`);
  endings.push(() => {
    socket.terminate();
  });
  const state = { seq: 0, closed: false };
  socket.on('message', (data: Buffer) => {
    const seq = /"seq":(\d+)/.exec(data.toString())?.[1];
    if (seq !== undefined) state.seq = Number(seq);
  });
  socket.on('close', () => (state.closed = true));
  socket.on('error', () => undefined);
  return state;
}

async function metric(url: string, name: string): Promise<number[]> {
  const families = parseMetrics(await (await fetch(`${url}/metrics`)).text());
  return (families.get(`mediamtx_monitor_${name}`)?.samples ?? []).map(({ value }) => value);
}

test(
  `whatever strangers send to the port for ${seconds} s, others are served (FUZZ_SEED=${seed})`,
  async () => {
    const redis = testRedis();
    const publisher = new TestPublisher(redis.url, redis.prefix);
    endings.push(() => {
      publisher.close();
    });
    const { api, port, url, log } = await startApiProcess(redis);
    endings.push(() => api.kill('SIGKILL'));
    const streams = Array.from({ length: 300 }, (_, index) => streamOf(`cam/${index}`));
    let seq = 0;
    const publish = async (): Promise<void> => {
      seq += 1;
      await publisher.publish(headOf({ seq }), streams);
    };
    await publish();
    const witness = watchTicks(port);
    await eventually(() => {
      expect(witness.seq).toBe(seq);
    });

    const endMs = performance.now() + seconds * 1_000;
    const goesOn = (): boolean => performance.now() < endMs && !hasEnded(api);
    let connections = 0;
    const stranger = async (number: number): Promise<void> => {
      const choices = choicesFrom(seed + number);
      while (goesOn()) {
        await attack(port, choices);
        connections += 1;
      }
    };
    const publishing = async (): Promise<void> => {
      while (goesOn()) {
        await publish();
        await new Promise((resolve) => setTimeout(resolve, TICK_MS));
      }
    };
    await Promise.all([publishing(), ...Array.from({ length: STRANGERS }, (_, number) => stranger(number))]);

    expect([hasEnded(api), log().match(/"level":"error".*/g)]).toStrictEqual([false, null]);
    expect(connections).toBeGreaterThan(STRANGERS);
    await publish();
    await eventually(async () => {
      expect([witness.closed, witness.seq]).toStrictEqual([false, seq]);
      expect(await (await fetch(`${url}/api/streams/latest`)).json()).toHaveLength(streams.length);
      expect(await metric(url, 'failed_connections_total')).toStrictEqual([0]);
      expect(await metric(url, 'clients')).toStrictEqual([1, 0]);
    }, PATIENCE_MS);
    api.kill('SIGTERM');
    await once(api, 'exit');
    expect(api.exitCode).toBe(0);
  },
  seconds * 1_000 + 120_000,
);
