import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { Redis } from 'ioredis';
import { atEnd } from '../bench.ts';
import { readEvents } from '../live/sse/client.ts';
import { connectClient } from '../live/ws/client.ts';
import { headOf, streamOf } from '../publisher.ts';
import { startApi } from '../started-api.ts';

const ARCHITECTURE = readFileSync(new URL('../../../../docs/architecture.md', import.meta.url), 'utf8');
const [, COUNTED = ''] = ARCHITECTURE.split('**From Redis to a socket**');
/** Files that docs/architecture.md counts on the way of a message. */
const WALK = [...COUNTED.matchAll(/^\d+\. `([a-z/-]+\.ts)`/gm)].map(([, file = '']) => file);

type Method = (...args: readonly unknown[]) => unknown;

/** Has something done before each call of a method, whoever calls it, until the end of the test. */
function beforeEachCall(owner: object, name: string, work: Method): void {
  const method = Reflect.get(owner, name) as Method;
  Reflect.defineProperty(owner, name, {
    ...{ configurable: true, writable: true },
    value: function (this: unknown, ...args: readonly unknown[]): unknown {
      work(...args);
      return Reflect.apply(method, this, args);
    },
  });
  atEnd(() => {
    Reflect.defineProperty(owner, name, { configurable: true, writable: true, value: method });
  });
}

/** Says which sources of the API have run anything since it was asked last. */
function recordRuns(): () => string[] {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  atEnd(() => {
    session.disconnect();
  });
  return () => {
    let ran: string[] = [];
    session.post('Profiler.takePreciseCoverage', (_error, { result }) => {
      ran = result.flatMap(({ url, functions }) => {
        const [, file] = url.split('/services/api/src/');
        const hasRun = functions.some(({ ranges }) => ranges.some(({ count }) => count > 0));
        return file !== undefined && hasRun ? [file] : [];
      });
    });
    return ran.sort();
  };
}

/** Of each message that Redis brings, the sources that have run until the first byte goes to a socket. */
function recordWalks(): readonly string[][] {
  const takeRuns = recordRuns();
  const walks: string[][] = [];
  let isOnTheWay = false;
  beforeEachCall(Redis.prototype, 'emit', (event) => {
    if (event !== 'messageBuffer') return;
    isOnTheWay = true;
    queueMicrotask(() => {
      isOnTheWay = false;
    });
    takeRuns();
  });
  beforeEachCall(Socket.prototype, 'write', () => {
    if (isOnTheWay) walks.push(takeRuns());
    isOnTheWay = false;
  });
  return walks;
}

test.each([
  ['a WebSocket', 'live/ws/sink.ts', connectClient],
  ['Server-Sent Events', 'live/sse/client.ts', readEvents],
])('a message for %s passes the files that are counted, at most eight', async (_how, sink, connect) => {
  const { url, publisher, api } = await startApi();
  const client = await connect(url);
  const walks: (readonly string[][])[] = [];
  for (const seq of [1, 2]) {
    if (seq === 2) walks.push(recordWalks());
    await publisher.publish(headOf({ seq }), [streamOf('a')]);
    await eventually(() => {
      expect(client.short().join()).toMatch(new RegExp(`main[ :0-9]* ?${seq}`));
      expect(api.feed.servers.newest('connections', 'main')?.head?.seq).toBe(seq);
    });
  }
  const expected = WALK.map((file) => (file === 'live/ws/sink.ts' ? sink : file)).sort();
  expect(walks).toStrictEqual([[expected]]);
  expect(expected.length).toBeLessThanOrEqual(8);
});
