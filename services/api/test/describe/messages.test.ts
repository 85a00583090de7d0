import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { happening } from '../happening.ts';
import { alertsHeadOf, headOf, hostsHeadOf } from '../publisher.ts';
import { startApi } from '../started-api.ts';
import { connectClient } from '../live/ws/client.ts';
import { asyncapi, at, membersOf } from './documents.ts';
import { CONNECTIONS, LIVE_STREAM } from './records.ts';
import { SAMPLES } from './samples.ts';
import { createValidators } from './validators.ts';

const TOPICS = '?topics=streams,servers,connections,hosts,events,alerts';
const validatorOf = createValidators(asyncapi);

/** Expects that a message is one that its channel carries, and as described; returns its type. */
function expectDescribed(channel: string, json: string): string {
  const message: unknown = JSON.parse(json);
  const { type } = membersOf(message);
  expect(Object.keys(membersOf(at(asyncapi, 'channels', channel, 'messages')))).toContain(type);
  const payload = membersOf(at(asyncapi, 'channels', channel, 'messages', String(type)))['payload'];
  const pointer = String(membersOf(payload)['$ref']).slice(1);
  expect([json, validatorOf(pointer)(message)]).toStrictEqual([json, []]);
  return String(type);
}

describe('what comes by itself is as described', () => {
  test('over WebSocket, the error for a bad message included', async () => {
    const { api, url, publisher } = await startApi();
    await publisher.publish(headOf(), [LIVE_STREAM], CONNECTIONS);
    await publisher.publishHost(hostsHeadOf());
    await publisher.publishAlerts(alertsHeadOf(), SAMPLES.Alert);
    await happening({ publisher }, api.feed).add([1, 2]);
    const { socket, messages, closed } = await connectClient(url, `${TOPICS}&cursor=events:1-0`);
    await eventually(() => {
      expect(messages.length).toBe(10);
    });
    for (const subscribe of SAMPLES.SubscribeMessage) socket.send(JSON.stringify(subscribe));
    await eventually(() => {
      expect(messages.length).toBeGreaterThan(11);
    });
    socket.send('what?');
    const description = String(at(asyncapi, 'channels', 'socket', 'description'));
    expect(description).toContain(`| ${await closed} | `);
    const types = messages.map((message) => expectDescribed('socket', message));
    expect([...new Set(types)].sort()).toStrictEqual([
      ...['alerts', 'connections', 'cursor', 'error', 'events', 'hosts', 'servers', 'status', 'streams'],
    ]);
  });

  test('as Server-Sent Events, each named as its type is', async () => {
    const { api, url, publisher } = await startApi();
    await publisher.publish(headOf(), [LIVE_STREAM], CONNECTIONS);
    await publisher.publishHost(hostsHeadOf());
    await publisher.publishAlerts(alertsHeadOf(), SAMPLES.Alert);
    await happening({ publisher }, api.feed).add([1, 2]);
    const aborted = new AbortController();
    const response = await fetch(`${url}/api/live${TOPICS}&cursor=1-0`, { signal: aborted.signal });
    const events = new Set<string>();
    let text = '';
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      text += new TextDecoder().decode(chunk);
      for (const [, event = '', data = ''] of text.matchAll(/^event: (\w+)\ndata: (.*)\n\n/gm)) {
        expect(expectDescribed('events', data)).toBe(event);
        events.add(event);
      }
      if (events.size === 7) break;
    }
    aborted.abort();
    expect([...events].sort()).toStrictEqual([
      'alerts',
      'connections',
      'events',
      'hosts',
      'servers',
      'status',
      'streams',
    ]);
  });
});
