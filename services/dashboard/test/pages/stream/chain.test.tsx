/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { liveStream } from '@mediamtx-monitor/testkit';
import { openPage, textOf } from '../../support/page.tsx';
import { reason, slow, srt, webrtc } from '../../support/connections.ts';
import { host, hostsMessage } from '../../support/hosts.ts';
import { connectionsMessage, lastLive, missing, snapshot, stream } from '../../support/records.ts';

const QUERY = '?stream=main/cam';

const parts = (root: ParentNode): readonly string[] =>
  ['publisher', 'source', 'server', 'viewers', 'forwards'].flatMap(
    (kind) => textOf(root, `.part-${kind}`) || [],
  );

describe('the way of a stream', () => {
  test('has who brings it, its server and who watches, each with its number', () => {
    const { root, deliver } = openPage(QUERY);
    deliver(({ onStreams, onHosts }) => {
      onHosts?.(hostsMessage(host()));
      onStreams?.(snapshot([stream({ readers: 3, readersByProtocol: { webrtc: 2, hls: 1 } })]));
    });
    const ann = srt(
      { id: 'p', role: 'publish', user: 'ann', remoteAddr: '192.0.2.7:1', inboundMbps: 4.21 },
      { rttMs: 21, linkLossPercent: 0.2 },
    );
    deliver(({ onConnections }) => onConnections?.(connectionsMessage([ann, webrtc({ id: 'v' })])));
    expect(parts(root)).toStrictEqual([
      'Publisher4.21 Mbit/sann, 192.0.2.7:1SRTRTT 21 ms0.2 % lost',
      'ServerCPU 12 %mainanswersv1.20.1',
      'Viewers32 WebRTC, 1 HLS',
    ]);
  });

  test('marks one part as bad, and says so in words', () => {
    const { root, deliver } = openPage(QUERY);
    const record = stream({ health: 'critical', reasons: [reason({ severity: 'critical' })] });
    deliver(({ onStreams }) => onStreams?.(snapshot([record, stream({ name: 'other' })])));
    expect(root.querySelectorAll('.part-critical, .part-warning')).toHaveLength(1);
    expect(textOf(root, '.part-publisher.part-critical h4')).toBe('Critical: PublisherThe trouble is here');
  });

  test('says how many viewers are in trouble', () => {
    const { root, deliver } = openPage(QUERY);
    deliver(({ onStreams }) =>
      onStreams?.(snapshot([stream({ readers: 2, readersByProtocol: { webrtc: 2 } })])),
    );
    deliver(({ onConnections }) => onConnections?.(connectionsMessage([slow('v'), webrtc({ id: 'w' })])));
    expect(textOf(root, '.part-viewers')).toBe('Warning: ViewersThe trouble is here22 WebRTC1 in trouble');
    expect(textOf(root, '.verdict-facts')).toContain('Affected1 of 2 viewers');
  });

  test('counts those in trouble whom the table doesn’t show, too', () => {
    const { root, deliver } = openPage(QUERY);
    const many = Array.from({ length: 150 }, (_, index) => slow(`v${index}`));
    deliver(({ onStreams }) => onStreams?.(snapshot([stream({ readers: 150 })])));
    deliver(({ onConnections }) => onConnections?.(connectionsMessage(many)));
    expect(root.querySelectorAll('[aria-labelledby=viewers-title] tbody tr').length).toBeLessThan(150);
    expect(textOf(root, '.part-viewers')).toContain('150 in trouble');
  });

  test('says who published last, and how many watched, of a stream that isn’t there', () => {
    const { root, deliver } = openPage(QUERY);
    deliver(({ onStreams }) => onStreams?.(snapshot([missing({ last: lastLive({ readers: 7 }) })])));
    expect(parts(root)).toStrictEqual([
      'Publishernobody publishesLast: ann, 192.0.2.7:1SRT',
      'Serveranswersmainv1.20.1',
      'Viewers–unknown7 when it was last live',
    ]);
  });

  test.each([
    [{ onDemand: true, state: 'idle', error: null }, 'Sourceat restfetched on demand'],
    [{ onDemand: false, state: 'error', error: 'x' }, 'Sourcefailingfetched all the time'],
    [{ onDemand: null, state: null, error: null }, 'SourceWaitingfetched by the server'],
  ])('has the source in the publisher’s place: %j', (pull, words) => {
    const { root, deliver } = openPage(QUERY);
    deliver(({ onStreams }) => onStreams?.(snapshot([missing({ state: 'waiting', pull, last: null })])));
    expect(textOf(root, '.part-source')).toBe(words);
    expect(root.querySelector('.part-publisher')).toBeNull();
  });

  test('blames the server that can’t be read, and calls nothing else known', () => {
    const { root, deliver } = openPage(QUERY);
    const source = { status: 'timeout', error: 'x', version: null } as const;
    const record = liveStream({ state: 'unknown', health: 'unknown', inboundMbps: null, readers: 5 });
    deliver(({ onStreams }) => onStreams?.(snapshot([record], { source })));
    deliver(({ onConnections }) => onConnections?.(connectionsMessage([])));
    expect(textOf(root, '.part-server')).toBe(
      'Critical: ServerThe trouble is heredoes not answer in timemain',
    );
    expect(textOf(root, '.part-viewers')).toBe('Unknown: Viewers–unknownWho watches isn’t known right now.');
    expect(textOf(root, '.verdict-facts')).toContain('AffectedNot known');
  });

  test('of a silent server tells no more than that', () => {
    const { root, deliver, stale, age, look } = openPage(QUERY);
    deliver(({ onStreams }) => onStreams?.(snapshot([stream({ readers: 5 })])));
    stale.add('main');
    age.ms = 45_000;
    look();
    deliver(({ onStreams }) => onStreams?.(snapshot([stream({ readers: 5 })], { seq: 2 })));
    expect(textOf(root, '.part-server .part-more')).not.toContain('answers');
    expect(textOf(root, '.part-viewers')).toContain('Who watches isn’t known right now.');
    expect(textOf(root, '.cause')).toContain('The monitor has had no data for 45 s');
    expect(root.querySelector('.stream-page.stale')).not.toBeNull();
  });
});
