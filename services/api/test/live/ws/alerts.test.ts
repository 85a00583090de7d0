import { describe, expect, test } from '@jest/globals';
import { alertRecord, eventually } from '@mediamtx-monitor/testkit';
import { alertsHeadOf, alertsMessageOf, headOf, streamOf } from '../../publisher.ts';
import { startApi } from '../../started-api.ts';
import { connectClient } from './client.ts';

const HEAD = alertsHeadOf();
const ALERTS = [alertRecord(), alertRecord({ id: 'a2', subject: { kind: 'host', host: 'media-1' } })];
const FRESH = '{"type":"status","ageMs":0,"stale":false,"topic":"alerts"}';
const STALE = '{"type":"status","ageMs":15001,"stale":true,"topic":"alerts"}';

describe('topic alerts', () => {
  test('brings the newest message and each that follows, and how old it is', async () => {
    const { url, publisher, api, clock } = await startApi();
    await publisher.publishAlerts(HEAD, ALERTS);
    await eventually(() => {
      expect(api.feed.ticks('alerts')).toHaveLength(1);
    });
    const { messages } = await connectClient(url, '?topics=alerts');
    await eventually(() => {
      expect(messages).toStrictEqual([alertsMessageOf(HEAD, ALERTS), FRESH]);
    });
    clock.advance(15_001);
    await eventually(() => {
      expect(messages.slice(2)).toStrictEqual([STALE]);
    });
    // Another alerter is at work: its epoch is greater.
    const at = new Date(clock.wallMs()).toISOString();
    const next = alertsHeadOf({ epoch: HEAD.epoch + 1, publishedAt: at });
    await publisher.publishAlerts(next);
    await eventually(() => {
      expect(messages.slice(3)).toStrictEqual([alertsMessageOf(next), FRESH]);
    });
  });

  test('comes whole, whatever servers and streams are wanted, and older ones are passed over', async () => {
    const { url, publisher } = await startApi();
    const { messages } = await connectClient(url, '?topics=alerts,streams&server=north&stream=none');
    await publisher.publishAlerts({ ...HEAD, seq: 5 }, ALERTS);
    await publisher.publishAlerts({ ...HEAD, seq: 4 });
    await publisher.publish(headOf());
    await publisher.publishAlerts({ ...HEAD, seq: 6 });
    await eventually(() => {
      expect(messages.filter((message) => !message.includes('"status"'))).toStrictEqual([
        alertsMessageOf({ ...HEAD, seq: 5 }, ALERTS),
        alertsMessageOf({ ...HEAD, seq: 6 }),
      ]);
    });
  });

  test('is nothing to those who don’t ask for it', async () => {
    const { url, publisher, clock } = await startApi();
    const { messages } = await connectClient(url);
    const { messages: ofHosts } = await connectClient(url, '?topics=hosts');
    await publisher.publishAlerts(HEAD, ALERTS);
    clock.advance(20_000);
    const message = await publisher.publish(headOf(), [streamOf('cam')]);
    await eventually(() => {
      expect(messages).toStrictEqual([message, expect.stringContaining('"server":"main"')]);
    });
    expect(ofHosts).toStrictEqual([]);
  });

  test('comes over Server-Sent Events alike, with its number as id', async () => {
    const { url, publisher, api } = await startApi();
    await publisher.publishAlerts(HEAD);
    await eventually(() => {
      expect(api.feed.ticks('alerts')).toHaveLength(1);
    });
    const leaving = new AbortController();
    const { body } = await fetch(`${url}/api/live?topics=alerts`, { signal: leaving.signal });
    let text = '';
    for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
      text += new TextDecoder().decode(chunk);
      if (text.includes(FRESH)) break;
    }
    leaving.abort();
    expect(text).toContain(`id: alerts:${HEAD.epoch}:1\nevent: alerts\ndata: ${alertsMessageOf(HEAD)}\n\n`);
    expect(text).toContain(`event: status\ndata: ${FRESH}\n\n`);
  });
});
