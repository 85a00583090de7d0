/**
 * What the API costs, beside the plainest programs that do the same, alternating in one run. Prints medians and
 * ratios; asserts nothing.
 */
import { startRedisServer } from '@mediamtx-monitor/testkit';
import { benchRest } from './rest.ts';
import { print } from '../report.ts';
import { benchIdle, benchSockets } from './sockets.ts';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const ROUND_MS = Number(process.env['BENCH_ROUND_MS'] ?? 2_000);
const CLIENTS = Number(process.env['BENCH_CLIENTS'] ?? 1_000);
const IDLE_CLIENTS = Number(process.env['BENCH_IDLE_CLIENTS'] ?? 5_000);
const MESSAGES = 20;

const redis = await startRedisServer();
print(`Node ${process.version}, medians of ${ROUNDS} rounds, alternating\n`);
print('REST: GET /api/streams/latest over 64 connections; answers a second, CPU an answer');
print('| streams | ours | bare node:http | Express, GET and parse | ours / bare | ours / Express |');
print('|---|---|---|---|---|---|');
for (const streams of [1, 100, 1_000]) await benchRest(redis.url, streams, ROUNDS, ROUND_MS);
print(`\nWebSocket: ${CLIENTS} clients, 100 streams, 2 messages a second`);
print('| | CPU a delivered message | bytes a message | p99 from publishing to the client |');
print('|---|---|---|---|');
await benchSockets(redis.url, { streams: 100, clients: CLIENTS, messages: MESSAGES, rounds: ROUNDS });
print('');
await benchIdle(redis.url, IDLE_CLIENTS, 100);
await redis.stop();
