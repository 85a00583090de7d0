import { describe, expect, test } from '@jest/globals';
import {
  FULL_DISK,
  hostRecord as host,
  lossReason as reason,
  webrtcConnection,
} from '@mediamtx-monitor/testkit';
import type { Reason } from '@mediamtx-monitor/types';
import { assessed, slow } from './support/assessed.ts';
import { connections, discarding, locate, lossy, others } from './support/locate.ts';

const busy = host({ cpu: { ...host().cpu, percent: 97 } });
const dropping = (inbound: number, outbound: number) =>
  host({
    network: { ...host().network, inboundDropsPerSecond: inbound, outboundDropsPerSecond: outbound },
  });
/** A stream that runs, and has these reasons. */
const having = (name: string, ...codes: Reason['code'][]) =>
  assessed({ name, readers: 0, health: 'warning', reasons: codes.map((code) => reason({ code })) });
const three = (...codes: Reason['code'][]) => ['a', 'b', 'c'].map((name) => having(name, ...codes));

describe('what others share with a stream', () => {
  test.each(['rtt-near-latency', 'link-loss', 'unrecovered-loss', 'rtp-loss', 'frame-errors'] as const)(
    'a link that loses or delays, which is one family: %s',
    (code) => {
      expect(locate({ assessed: lossy, siblings: three(code) }).site).toBe('server');
      expect(locate({ assessed: having('cam', code), siblings: others(3, 0) }).site).toBe('server');
    },
  );

  test('any other kind is a family of its own', () => {
    const low = having('cam', 'bitrate-low');
    expect(locate({ assessed: low, siblings: three('bitrate-low') }).site).toBe('server');
    expect(locate({ assessed: low, siblings: three('flapping') }).site).toBe('publisher');
  });

  test('one reason in common is enough, whatever else they have', () => {
    const found = locate({ assessed: lossy, siblings: three('bitrate-low', 'link-loss') });
    expect(found.site).toBe('server');
    expect(found.evidence[0]).toStrictEqual({ code: 'others-ill', count: 3, total: 3 });
  });

  test('what viewers suffer doesn’t count where something arrives badly', () => {
    const both = having('cam', 'link-loss', 'reader-discards');
    expect(locate({ assessed: both, siblings: three('reader-discards') }).site).toBe('publisher');
  });

  test('viewers suffer with those of others before the stream itself says so', () => {
    const found = locate({ connections: connections(slow('a')), siblings: three('reader-discards') });
    expect(found.site).toBe('server');
  });

  test('others are those that run, stalled or not, or should', () => {
    const idle = assessed({ name: 'idle', state: 'waiting' });
    const stalled = assessed({ name: 'stalled', state: 'stalled' });
    const gone = assessed({
      name: 'gone',
      state: 'missing',
      health: 'critical',
      reasons: [reason({ code: 'off-air', severity: 'critical' }), reason({ code: 'flapping' })],
    });
    const globLike = assessed({ name: 'what?' });
    const totals = [idle, stalled, gone, globLike].map((one) => locate({ assessed: lossy, siblings: [one] }));
    expect(totals.map(({ evidence }) => evidence[1])).toStrictEqual(
      [0, 1, 1, 1].map((total) => ({ code: 'others-well', count: 0, total })),
    );
  });
});

describe('a busy host', () => {
  test('isn’t blamed for a forward that fails, though another’s fails, too', () => {
    const siblings = [having('other', 'forward-failing')];
    expect(locate({ assessed: having('cam', 'forward-failing'), siblings, host: busy }).site).toBe(
      'forwards',
    );
  });

  test('isn’t blamed for what doesn’t come, though what came last came badly', () => {
    const gone = having('cam', 'off-air', 'link-loss');
    expect(locate({ assessed: gone, siblings: others(1, 5), host: busy }).site).toBe('publisher');
  });

  test('isn’t blamed for slow viewers where only a disk of it is full', () => {
    const full = host({ disks: [FULL_DISK] });
    const found = locate({ assessed: discarding, connections: connections(slow('a')), host: full });
    expect(found.site).toBe('one-viewer');
    expect(found.codes).not.toContain('host-load');
  });

  test('is told where nobody knows how a stream is', () => {
    const found = locate({ assessed: assessed({ readers: 0, health: 'unknown' }), host: busy });
    expect(found.codes).toStrictEqual(['no-viewers', 'host-load']);
  });

  test('drops packets from ten a second on', () => {
    expect(locate({ host: dropping(9.9, 9.9) }).site).toBe('none');
    expect(locate({ host: dropping(10, 10) }).codes.slice(0, 2)).toStrictEqual([
      'host-inbound-drops',
      'host-outbound-drops',
    ]);
  });
});

describe('how many viewers suffer', () => {
  test('three, all of them: the server', () => {
    const suffering = connections(slow('a'), slow('b'), slow('c'));
    expect(locate({ assessed: discarding, connections: suffering }).site).toBe('server');
  });

  test('a link that loses comes before a viewer that is slow', () => {
    const found = locate({ assessed: lossy, connections: connections(slow('a')) });
    expect(found.site).toBe('publisher');
    expect(found.evidence.slice(2, 4)).toMatchObject([
      { code: 'viewers-ill', count: 1, total: 1 },
      { code: 'viewer', connection: { id: 'a' } },
    ]);
  });

  test.each([
    [null, 0, 'one-viewer'],
    [null, 1, 'one-viewer'],
    [1, 5, 'viewers'],
    [2, 2, 'both-viewers'],
    [3, 5, 'viewers'],
    [4, 5, 'server'],
  ])('%p of %p, as the stream says where connections aren’t known: %s', (measured, readers, site) => {
    const reasons = [reason({ code: 'reader-discards', measured })];
    const stream = assessed({ readers, health: 'warning', reasons });
    expect(locate({ assessed: stream, connections: undefined }).site).toBe(site);
  });

  test('nobody where neither stream nor connections say so', () => {
    expect(locate({ connections: undefined })).toMatchObject({
      site: 'none',
      codes: ['arriving', 'connections-unknown'],
    });
    const unknown = webrtcConnection({ id: 'u', health: 'unknown' });
    expect(locate({ connections: connections(unknown) }).codes).toStrictEqual([
      'arriving',
      'viewers-unknown',
    ]);
  });
});
