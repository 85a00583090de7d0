import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { sendText } from '../../src/http/tabular.ts';
import { atEnd } from '../bench.ts';
import { serve } from '../serve.ts';

const BODY = Buffer.alloc(32 * 1_024 * 1_024, 'x');
/** What is held of it for one that takes nothing. */
const MOST_HELD = 1_024 * 1_024;

test('a long body is held for a client no more than in pieces, and comes whole', async () => {
  const responses: ServerResponse[] = [];
  const url = await serve((_request, response) => {
    responses.push(response);
    void sendText(response, { isCsv: false }, BODY);
  });
  const { hostname, port } = new URL(url);
  const idle = connect(Number(port), hostname);
  atEnd(() => {
    idle.destroy();
  });
  await once(idle, 'connect');
  idle.pause().write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await eventually(() => {
    expect(responses).toHaveLength(1);
    expect(responses[0]?.writableNeedDrain).toBe(true);
  });
  expect(responses[0]?.writableLength).toBeLessThan(MOST_HELD);
  const whole = Buffer.from(await (await fetch(url)).arrayBuffer());
  expect(whole.equals(BODY)).toBe(true);
  const head = await fetch(url, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length')]).toStrictEqual([200, String(BODY.length)]);
});
