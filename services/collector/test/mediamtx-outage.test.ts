import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Fault, type Simulator, startSimulator } from '@mediamtx-monitor/simulator';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import { SOURCE_ERRORS } from '@mediamtx-monitor/types';
import { streamsMessageSchema } from '@mediamtx-monitor/types/schemas';
import { type RunningCollector, runCollector, type PublishedMessage } from './support/running-collector.ts';

const HOSTILE_NAMES = ['a/b/c', '"quoted"\\', '📹 église', ',"streams":[', 'x'.repeat(1_000)];

let mediamtx: Simulator;
let collector: RunningCollector;
beforeEach(async () => {
  mediamtx = await startSimulator({ streams: 5, readersPerStream: 1, nowMs: () => performance.now() });
  for (const name of HOSTILE_NAMES) mediamtx.addStream(name);
  const { url, prefix } = testRedis();
  collector = await runCollector(mediamtx.url, url, prefix);
});
afterEach(async () => {
  await collector.stop();
  await mediamtx.close();
});

const publishedWith = (status: string, since = 0): Promise<PublishedMessage> =>
  eventually(() => {
    const tick = collector.published.slice(since).find((one) => one.source.status === status);
    if (tick === undefined) throw new Error(`no tick told ${status}`);
    return tick;
  });

describe.each<[string, Fault, string, RegExp]>([
  ['down', { kind: 'down' }, 'down', /refused the connection.*api: yes/s],
  ['hanging', { kind: 'hang' }, 'timeout', /did not answer/],
  ['slow', { kind: 'slow', delayMs: 5_000 }, 'timeout', /did not answer/],
  ['answering 500', { kind: 'status', status: 500 }, 'error', /HTTP 500/],
  ['answering 404', { kind: 'status', status: 404 }, 'error', /not that of its API/],
  ['refusing access', { kind: 'unauthorized' }, 'unauthorized', /authInternalUsers/],
  ['answering HTML', { kind: 'html' }, 'invalid', /a web page/],
  ['answering cut JSON', { kind: 'truncated' }, 'invalid', /not JSON/],
  ['answering {}', { kind: 'emptyObject' }, 'invalid', /no items/],
  ['answering nulls', { kind: 'nulls' }, 'invalid', /no name/],
  ['answering 80 MB', { kind: 'hugeBody', bytes: 80_000_000 }, 'invalid|timeout', /over|did not answer/],
  ['answering a million pages', { kind: 'endlessPaging' }, 'invalid', /pages/],
  ['answering too few items', { kind: 'shortCount' }, 'invalid', /promised/],
])('MediaMTX %s', (_what, fault, statuses, message) => {
  test('is told in words, its streams stay, and its return is seen', async () => {
    const before = await publishedWith('up');
    await mediamtx.setFault(fault);
    // On a busy machine the very first tick may have failed, too.
    const after = collector.published.indexOf(before);
    const failed = await eventually(() => {
      const tick = collector.published
        .slice(after)
        .find((one) => statuses.split('|').includes(one.source.status));
      if (tick === undefined) throw new Error('not told yet');
      return tick;
    });
    expect(failed.source.error).toMatch(message);
    expect(failed.missing).toContain('paths');
    expect(failed.streams.map((stream) => stream.name)).toStrictEqual(
      before.streams.map((stream) => stream.name),
    );
    expect(failed.simulated).toBe(true);
    await mediamtx.setFault(null);
    await publishedWith('up', collector.published.indexOf(failed));
    const numbers = collector.published.map((tick) => tick.seq);
    expect(numbers).toStrictEqual(numbers.toSorted((a, b) => a - b));
    for (const tick of collector.published) {
      expect(streamsMessageSchema.validate(tick).error).toBeUndefined();
      // Each error has a code, with all that its sentence is told with.
      const { code, values } = tick.sourceError ?? { code: null, values: {} };
      expect(code === null).toBe(tick.source.error === null);
      if (code !== null) expect(Object.keys(values).sort()).toStrictEqual([...SOURCE_ERRORS[code]].sort());
    }
  });
});

test('one list failing leaves the rest alone', async () => {
  const before = await publishedWith('up');
  expect(before.streams.some((stream) => stream.rtt !== null)).toBe(true);
  await mediamtx.setFault({ kind: 'status', status: 500, list: 'srtconns' });
  const failed = await eventually(() => {
    const tick = collector.published.find((one) => one.missing.length > 0);
    if (tick === undefined) throw new Error('not told yet');
    return tick;
  });
  expect(failed).toMatchObject({ missing: ['srtconns'], source: { status: 'up' } });
  expect(failed.source.error).toContain('srtconns');
  expect(failed.streams.map((stream) => stream.name)).toStrictEqual(
    before.streams.map((stream) => stream.name),
  );
  expect(failed.streams.every((stream) => stream.rtt === null)).toBe(true);
});

test('streams called anything come through unharmed', async () => {
  const tick = await publishedWith('up');
  expect(tick.streams.map((stream) => stream.name)).toStrictEqual(expect.arrayContaining(HOSTILE_NAMES));
});
