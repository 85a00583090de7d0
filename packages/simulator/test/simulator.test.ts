import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { SIMULATED_SECRET, startSimulator, type Simulator, type SimulatorOptions } from '../src/index.ts';
import { get } from './get.ts';
import { ALL_LISTS, itemWhere, listOf } from './lists-of.ts';

const running: Simulator[] = [];
async function start(options?: SimulatorOptions): Promise<Simulator> {
  const simulator = await startSimulator(options);
  running.push(simulator);
  return simulator;
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

test('every answer says that it is simulated', async () => {
  const { url } = await start();
  for (const path of [
    '/v3/paths/list',
    '/v3/info',
    '/v3/paths/list?page=x',
    '/nothing',
    '/simulator/fault',
  ]) {
    expect((await get(url + path)).headers['x-simulated']).toBe('true');
  }
});

test('numbers follow the clock that is passed in', async () => {
  let nowMs = 0;
  const { url } = await start({ nowMs: () => nowMs, wallMs: 1_800_000_000_000 });
  const first = await listOf(url, 'paths');
  expect(await listOf(url, 'paths')).toStrictEqual(first);
  nowMs = 2_000;
  const name = 'cam/stage-left';
  const bytes = (await listOf(url, 'paths')).items.map((item) => item['bytesReceived']);
  expect(bytes).not.toStrictEqual(first.items.map((item) => item['bytesReceived']));
  expect(itemWhere(first.items, 'name', name)['readyTime']).toMatch(/^2027-01-15T/);
});

test('a fleet of 10,000 comes in one page', async () => {
  const { url } = await start({ streams: 10_000, readersPerStream: 1 });
  const { itemCount, pageCount, items } = await listOf(url, 'paths');
  expect([itemCount, pageCount, items.length]).toStrictEqual([10_000, 1, 10_000]);
  expect((await listOf(url, 'srtconns')).items.length).toBeGreaterThan(5_000);
});

test('even a small fleet has something in every list', async () => {
  const { url } = await start();
  for (const list of ALL_LISTS) expect((await listOf(url, list)).items.length).toBeGreaterThan(0);
});

test('requests are counted for each list', async () => {
  const { url, requests } = await start();
  await get(`${url}/v3/paths/list`);
  await get(`${url}/v3/paths/list?page=x`);
  await get(`${url}/v3/info`);
  await get(`${url}/v3/nothing/list`);
  expect(requests).toMatchObject({ paths: 2, info: 1, srtconns: 0 });
});

test('streams are added, stopped, started and removed while it runs', async () => {
  const simulator = await start();
  simulator.addStream('a new one');
  simulator.setStreamLive('a new one', false);
  expect(itemWhere((await listOf(simulator.url, 'paths')).items, 'name', 'a new one')['ready']).toBe(false);
  simulator.setStreamLive('a new one', true);
  const connections = (await listOf(simulator.url, 'srtconns')).items;
  expect(connections.filter((item) => item['path'] === 'a new one').map((item) => item['state'])).toContain(
    'publish',
  );
  simulator.setStreamFrozen('a new one', true);
  const read = async () => itemWhere((await listOf(simulator.url, 'paths')).items, 'name', 'a new one');
  expect(await read()).toStrictEqual(await read());
  simulator.removeStream('a new one');
  expect(simulator.streamNames()).not.toContain('a new one');
});

test('the loss of a publisher’s link is set while it runs', async () => {
  let nowMs = 0;
  const simulator = await start({ nowMs: () => nowMs });
  const name = 'cam/stage-left';
  const lost = async () => {
    const { items } = await listOf(simulator.url, 'srtconns');
    return itemWhere(items, 'id', simulator.publisherId(name))['packetsReceivedLoss'];
  };
  simulator.setLinkLoss(name, 10);
  expect(await lost()).toBe(0);
  nowMs = 2_000;
  expect(await lost()).toBeGreaterThan(10);
  simulator.setStreamLive(name, false);
  expect(simulator.publisherId(name)).toBeNull();
});

test('some clients typed a secret', async () => {
  const { url } = await start();
  const queries = (await listOf(url, 'srtconns')).items.map((item) => String(item['query']));
  expect(queries.some((query) => query.includes(SIMULATED_SECRET))).toBe(true);
  expect(queries).toContain('');
});

test('closing ends kept, silent and waiting connections', async () => {
  const simulator = await startSimulator();
  const { port } = new URL(simulator.url);
  const silent = connect(Number(port), '127.0.0.1');
  await once(silent, 'connect');
  const agent = new Agent({ keepAlive: true });
  const asking = request(`${simulator.url}/v3/info`, { agent }).end();
  const [response] = (await once(asking, 'response')) as [NodeJS.ReadableStream];
  response.resume();
  await once(response, 'end');
  await simulator.setFault({ kind: 'hang' });
  const waiting = get(`${simulator.url}/v3/info`).catch((error: unknown) => error);
  await eventually(() => {
    expect(simulator.requests.info).toBe(2);
  });
  const silentClosed = once(silent, 'close');
  silent.resume().on('error', () => undefined);
  await simulator.close();
  await silentClosed;
  expect(await waiting).toMatchObject({ code: 'ECONNRESET' });
  await expect(get(`${simulator.url}/v3/info`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  agent.destroy();
});

test('a taken port is told', async () => {
  const { url } = await start();
  await expect(startSimulator({ port: Number(new URL(url).port) })).rejects.toMatchObject({
    code: 'not-listening',
  });
});
