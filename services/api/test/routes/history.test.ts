import { describe, expect, test } from '@jest/globals';
import { systemClock } from '@mediamtx-monitor/runtime';
import {
  HISTORY,
  type HistoryAnswer,
  type HistoryNumbers,
  type HistoryWords,
  recentPartOf,
} from '@mediamtx-monitor/types';
import { hostHistorySchema, serverHistorySchema, streamHistorySchema } from '@mediamtx-monitor/types/schemas';
import { at, FIVE_MINUTES_MS, INTERVAL_MS, known, numbersOf, startWithHistory } from './start-history.ts';
import { headOf, streamOf } from '../publisher.ts';
import { serve } from '../serve.ts';
import { startApi } from '../started-api.ts';

/** What numbers read as that were written, and are kept in a byte: right to 3.1 %. */
const KEPT_AS = new Map([
  [3.9816, 4],
  [3.5269, (4 * 13) / 15],
]);
const asWritten = (values: readonly (number | null)[] = []): (number | null)[] =>
  values.map((value) => (value === null ? null : (KEPT_AS.get(value) ?? value)));

describe('history of a stream', () => {
  test('without parameters is every tick of the last 15 minutes, but for those that aren’t stored yet', async () => {
    const { get, dropMs } = await startWithHistory(20, 60_000);
    const { status, body } = await get('/api/streams/cam/history');
    expect(status).toBe(200);
    expect(streamHistorySchema.validate(body, { convert: false }).error).toBeUndefined();
    expect(body.stepSeconds).toBe(2);
    const seconds = (Date.parse(body.to) - Date.parse(body.from)) / 1_000;
    // The first and the last step aren't cut.
    expect([900, 902]).toContain(seconds);
    const { mean, min, max } = numbersOf(body, 'inboundMbps');
    expect(mean).toHaveLength(seconds / 2);
    expect(known(mean).length).toBeGreaterThan(430);
    expect(new Set(known(mean))).toStrictEqual(new Set([4, 0]));
    const drop = (dropMs - Date.parse(body.from)) / INTERVAL_MS;
    expect(mean?.slice(drop - 1, drop + 3)).toStrictEqual([4, 0, 0, 4]);
    expect(known(mean).filter((value) => value === 0)).toHaveLength(2);
    expect([min, max]).toStrictEqual([mean, mean]);
    expect(known(numbersOf(body, 'discardsPerSecond').mean)).toStrictEqual([]);
    expect(body.fields['state']).toStrictEqual({
      worst: (mean ?? []).map((value) => (value === null ? null : value === 0 ? 'idle' : 'live')),
    });
  });

  test('has what is added to the last seconds after they were read', async () => {
    const { get, endMs, live, names, writer, clock } = await startWithHistory(1, 0);
    await writer.stop();
    const query = `from=${at(endMs - 20_000)}&to=${at(endMs)}&step=2&fields=readers`;
    const meansKnown = async (): Promise<readonly number[]> =>
      known(numbersOf((await get(`/api/streams/cam/history?${query}`)).body, 'readers').mean);
    const [key = '', before = ''] = [10_000, 40_000].map((ago) =>
      names.recentHistory({ kind: 'streams', server: 'main' }, endMs - ago, recentPartOf('cam')),
    );
    const ticks = await live.getBuffer(key);
    await live.rename(before, key);
    expect((await meansKnown()).length).toBeLessThan(10);
    await live.append(key, ticks ?? '');
    clock.advance(2_000);
    expect(await meansKnown()).toStrictEqual(new Array(10).fill(2));
  });

  test('of an hour shows a drop of 4 s in steps of 5 minutes, and of the fields that are asked for only', async () => {
    const { get, endMs, dropMs } = await startWithHistory(60, 2_400_000);
    const query = `from=${at(endMs - 7_200_000)}&to=${at(endMs)}&step=300&fields=inboundMbps,health`;
    const { body } = await get(`/api/streams/cam/history?${query}`);
    expect(Object.keys(body.fields)).toStrictEqual(['health', 'inboundMbps']);
    const stepOf = (ms: number): number => Math.floor((ms - Date.parse(body.from)) / FIVE_MINUTES_MS);
    // What isn't stored in slots yet is put together of ticks, which are stored within a minute.
    const stored = stepOf(endMs - 60_000) + 1;
    const each = <Value>(value: Value, atDrop: Value): (Value | null)[] =>
      Array.from({ length: stored }, (_, step) =>
        step < stepOf(endMs - 3_600_000) ? null : step === stepOf(dropMs) ? atDrop : value,
      );
    const { mean, min, max } = numbersOf(body, 'inboundMbps');
    expect(mean).toHaveLength((Date.parse(body.to) - Date.parse(body.from)) / FIVE_MINUTES_MS);
    expect(asWritten(min).slice(0, stored)).toStrictEqual(each(4, 0));
    expect(asWritten(max).slice(0, stored)).toStrictEqual(each(4, 4));
    // In a byte a mean with 4 s of 0 is that of its neighbours.
    expect(asWritten(mean).slice(0, stored)).toStrictEqual(each(4, 4));
    const { worst } = body.fields['health'] as HistoryWords;
    expect(worst.slice(0, stored)).toStrictEqual(each('ok', 'ok'));
  });

  test('in steps of 30 s has means, also of what was stored a moment ago', async () => {
    const { get, endMs, dropMs } = await startWithHistory(30, 1_200_000);
    const { body } = await get(
      `/api/streams/cam/history?from=${at(endMs - 1_500_000)}&step=30&fields=inboundMbps,readers`,
    );
    const { mean, ...others } = numbersOf(body, 'inboundMbps');
    expect(others).toStrictEqual({});
    const stepOf = (ms: number): number => Math.floor((ms - Date.parse(body.from)) / 30_000);
    const stored = stepOf(endMs - 60_000) + 1;
    expect(asWritten(mean).slice(0, stored)).toStrictEqual(
      Array.from({ length: stored }, (_, step) => (step === stepOf(dropMs) ? (4 * 13) / 15 : 4)),
    );
    expect((numbersOf(body, 'readers').mean ?? []).slice(0, stored)).toStrictEqual(
      Array.from({ length: stored }, () => 2),
    );
  });

  test('is there of one that isn’t listed any more, whatever it is called', async () => {
    const name = `${'deep/'.repeat(198)}a:b/history`;
    const { get, publisher } = await startWithHistory(3, 0, name);
    await publisher.publish(headOf(), [streamOf('other')], []);
    const { status, body } = await get(`/api/streams/${encodeURIComponent(name)}/history?fields=readers`);
    expect(status).toBe(200);
    expect(known(numbersOf(body, 'readers').mean).length).toBeGreaterThan(50);
    expect((await get('/api/streams/nobody/history')).body.code).toBe('unknown-stream');
    expect((await get('/api/streams/nobody/history?server=north')).body.code).toBe('unknown-server');
  });
});

test('history of a server and of a host', async () => {
  const { get, publisher } = await startWithHistory(12, 60_000);
  await publisher.publish(headOf(), [], []);
  const server = (await get('/api/servers/main/history')).body;
  expect(serverHistorySchema.validate(server, { convert: false }).error).toBeUndefined();
  expect(new Set(known(numbersOf(server, 'liveStreams').mean))).toStrictEqual(new Set([1, 0]));
  expect(server.fields['health']).toStrictEqual({
    worst: (numbersOf(server, 'liveStreams').mean ?? []).map((streams) =>
      streams === null ? null : streams === 0 ? 'critical' : 'ok',
    ),
  });
  const host = (await get('/api/hosts/media-1/history')).body;
  expect(hostHistorySchema.validate(host, { convert: false }).error).toBeUndefined();
  expect(new Set(known(numbersOf(host, 'cpuPercent').max))).toStrictEqual(new Set([20]));
  expect((await get('/api/servers/north/history')).status).toBe(404);
  expect((await get('/api/hosts/No_Host/history')).body.code).toBe('unknown-host');
});

test('keys of another kind are left out, or told where nothing can be answered without them', async () => {
  const { get, live, names, endMs } = await startWithHistory(1, 0);
  await live.set(names.historyStreams('main'), 'no sorted set');
  const { status, body } = await get('/api/streams/cam/history');
  expect([status, body.code]).toStrictEqual([502, 'store-refused']);
  expect(body.detail).toContain(`${names.historyStreams('main')} can't be read: Redis says WRONGTYPE`);
  const recent = names.recentHistory({ kind: 'server', server: 'main' }, endMs - 20_000, 0);
  await live.del(recent);
  await live.lpush(recent, 'no string');
  const { fields } = (await get('/api/servers/main/history')).body;
  expect(known((fields['readers'] as HistoryNumbers).mean).length).toBeGreaterThan(10);
});

test('a question that can’t be answered says what can', async () => {
  const { get, endMs } = await startWithHistory(1, 0);
  const year = `from=${at(endMs - 365 * 86_400_000)}`;
  const refused = await get(`/api/streams/cam/history?${year}&step=1`);
  expect(refused).toMatchObject({
    status: 400,
    body: { code: 'step-too-fine', detail: 'step is 1; the finest for this time is 3300 (seconds).' },
  });
  expect((await get(`/api/streams/cam/history?${year}&step=3300`)).status).toBe(200);
  expect((await get(`/api/streams/cam/history?${year}`)).body.stepSeconds).toBe(43_200);
  const day = `from=${at(endMs - 86_000_000)}`;
  expect((await get(`/api/streams/cam/history?${day}&step=2`)).body.detail).toContain('is 30 (seconds)');
  expect((await get(`/api/streams/cam/history?${day}&step=45`)).body.detail).toContain('as 60');
  for (const query of [
    `from=${at(endMs)}&to=${at(endMs - 1)}`,
    'fields=cpuPercent',
    'fields=x',
    'from=yesterday',
    'step=0',
    'step=1.5',
  ]) {
    expect((await get(`/api/streams/cam/history?${query}`)).body.code).toBe('invalid-parameter');
  }
});

test('who names a field that there isn’t is told which there are of that kind', async () => {
  const { get } = await startWithHistory(1, 0);
  const { detail } = (await get('/api/streams/cam/history?fields=nope')).body;
  expect(detail).toBe(
    `fields has nope; of a stream there are state, health, ${Object.keys(HISTORY.stream.fields).join(', ')}.`,
  );
});

test('times of an answer have four-digit years, whatever was asked for', async () => {
  const { get } = await startWithHistory(1, 0);
  for (const query of ['from=9899-12-01T00:00:00Z&step=31536000', 'from=0000-01-01T00:00:00Z']) {
    const path = `/api/streams/cam/history?${query}&to=9999-12-31T23:59:59-23:00`;
    const { status, body } = await get(path);
    expect([path, status]).toStrictEqual([path, 200]);
    expect(streamHistorySchema.validate(body, { convert: false }).error).toBeUndefined();
    expect([body.from, body.to].filter((time) => !/^\d{4}-/.test(time))).toStrictEqual([]);
  }
});

test('from an engine it is had without Redis, but for steps that only Redis has', async () => {
  const values = [[Math.floor(Date.now() / 60_000) * 60, '3']];
  const result = [{ metric: {}, values }];
  const body = JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } });
  const HISTORY_URL = await serve((_request, response) => response.end(body));
  const { url } = await startApi({
    redisUrl: 'redis://127.0.0.1:1',
    clock: systemClock,
    config: { HISTORY_URL },
  });
  const path = `${url}/api/servers/main/history?fields=readers`;
  const response = await fetch(`${path}&step=60`);
  expect(response.status).toBe(200);
  expect(known(numbersOf((await response.json()) as HistoryAnswer, 'readers').mean)).toStrictEqual([3]);
  expect((await fetch(path)).status).toBe(503);
});
