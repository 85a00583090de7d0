import { describe, expect, test } from '@jest/globals';
import {
  FULL_DISK,
  hostRecord as host,
  liveStream,
  lossReason as reason,
  webrtcConnection as webrtc,
} from '@mediamtx-monitor/testkit';
import type { Reason, StreamState } from '@mediamtx-monitor/types';
import { assessStream, type StreamConnections } from '../src/index.ts';
import { assessed, slow } from './support/assessed.ts';
import { connections, discarding, locate, lossy, others } from './support/locate.ts';

describe('where the cause sits', () => {
  test('nowhere when all is well', () => {
    expect(locate({ connections: connections(webrtc()) })).toMatchObject({
      site: 'none',
      codes: ['arriving', 'viewers-well'],
    });
    expect(locate({}).codes).toStrictEqual(['arriving', 'no-viewers']);
  });

  test('in the server when that doesn’t answer', () => {
    expect(locate({ status: 'timeout' })).toMatchObject({
      site: 'server',
      evidence: [{ code: 'server-status', problem: 'timeout' }],
    });
  });

  test('nobody knows where when nothing is heard', () => {
    expect(locate({ assessed: assessStream(liveStream(), true) })).toMatchObject({
      site: 'unknown',
      codes: ['server-stale'],
    });
    expect(locate({ assessed: assessed({ health: 'unknown' }) }).site).toBe('unknown');
  });

  test('at the publisher when only this stream arrives badly', () => {
    const found = locate({ assessed: lossy, siblings: [lossy, ...others(1, 5)] });
    expect(found).toMatchObject({
      site: 'publisher',
      codes: ['reason', 'others-ill', 'no-viewers'],
    });
    expect(found.evidence[1]).toStrictEqual({ code: 'others-ill', count: 1, total: 6 });
  });

  test('in the server when many streams are in trouble', () => {
    expect(locate({ assessed: lossy, siblings: [lossy, ...others(3, 3)] }).site).toBe('server');
    expect(locate({ assessed: lossy, siblings: [lossy, ...others(3, 4)] }).site).toBe('publisher');
    expect(locate({ assessed: lossy, siblings: [lossy, ...others(2, 0)] }).site).toBe('publisher');
  });

  test('slow viewers of others say nothing about what arrives here, nor the other way round', () => {
    const slowElsewhere = ['a', 'b', 'c', 'd'].map((name) => assessed({ ...discarding.stream, name }));
    expect(locate({ assessed: lossy, siblings: slowElsewhere })).toMatchObject({
      site: 'publisher',
      codes: ['reason', 'others-well', 'no-viewers'],
    });
    expect(
      locate({ assessed: discarding, siblings: slowElsewhere, connections: connections(slow('a')) }).site,
    ).toBe('server');
    expect(
      locate({ assessed: discarding, siblings: others(4, 0), connections: connections(slow('a')) }).site,
    ).toBe('one-viewer');
  });

  test('streams that don’t run say nothing about the server', () => {
    const idle = others(4, 0).map(({ stream }) => assessed({ ...stream, state: 'waiting' }));
    expect(locate({ assessed: lossy, siblings: idle })).toMatchObject({ site: 'publisher' });
  });

  test('at single viewers, who are named', () => {
    const found = locate({ assessed: discarding, connections: connections(slow('a'), webrtc({ id: 'b' })) });
    expect(found).toMatchObject({
      site: 'viewers',
      codes: ['viewers-ill', 'viewer', 'arriving', 'others-well'],
    });
    expect(found.evidence[0]).toStrictEqual({ code: 'viewers-ill', count: 1, total: 2 });
  });

  test('of many viewers only the first are named', () => {
    const viewers = Array.from('abcdef', slow);
    const well = Array.from('ghijkl', (id) => webrtc({ id }));
    const found = locate({ assessed: discarding, connections: connections(...viewers, ...well) });
    expect(found.site).toBe('viewers');
    expect(found.codes.filter((code) => code === 'viewer')).toHaveLength(3);
  });

  test('in the server or its network when nearly all viewers suffer', () => {
    const found = locate({
      assessed: discarding,
      connections: connections(...Array.from('abcd', slow), webrtc()),
    });
    expect(found.site).toBe('server');
  });

  test('two viewers are too few to accuse the server, but both are both', () => {
    const siteOf = (...viewers: StreamConnections['viewers']) =>
      locate({ assessed: discarding, connections: connections(...viewers) }).site;
    expect(siteOf(slow('a'), slow('b'))).toBe('both-viewers');
    expect(siteOf(slow('a'))).toBe('one-viewer');
    expect(siteOf(slow('a'), webrtc({ id: 'b' }))).toBe('viewers');
    // One of two isn’t listed.
    const two = assessed({ ...discarding.stream, readers: 2 });
    expect(locate({ assessed: two, connections: connections(slow('a')) }).site).toBe('viewers');
  });

  test('on the way on, when only forwards fail', () => {
    const failing = reason({ code: 'forward-failing', measured: 1 });
    const found = locate({ assessed: assessed({ readers: 0, health: 'warning', reasons: [failing] }) });
    expect(found).toMatchObject({
      site: 'forwards',
      codes: ['reason', 'arriving', 'others-well', 'no-viewers'],
    });
    const both = assessed({ readers: 0, health: 'critical', reasons: [reason(), failing] });
    expect(locate({ assessed: both }).evidence).toContainEqual({ code: 'reason', reason: failing });
    expect(locate({ assessed: both }).site).toBe('publisher');
  });

  test('at the source, of what the server fetches', () => {
    const pull = { onDemand: false, state: 'error', error: 'no route to host' };
    const down = reason({ code: 'source-down', severity: 'critical' });
    const camera = assessed({ readers: 0, state: 'waiting', health: 'critical', reasons: [down], pull });
    expect(locate({ assessed: camera })).toMatchObject({
      site: 'source',
      codes: ['reason', 'others-well', 'no-viewers'],
    });
  });

  const absent = (name: string, code: Reason['code'], severity: Reason['severity'], state: StreamState) =>
    assessed({ name, readers: 0, state, health: severity, reasons: [reason({ code, severity })] });

  test('in the server when many went off air with it, though none of them runs', () => {
    const off = (name: string) => absent(name, 'off-air', 'critical', 'missing');
    const [first, ...rest] = ['a', 'b', 'c', 'd'].map(off);
    expect(first && locate({ assessed: first, siblings: rest }).site).toBe('server');
    expect(first && locate({ assessed: first, siblings: rest.slice(1) }).site).toBe('publisher');
  });

  test('not in the server because others ended as they do, whether it is a dead camera or ended itself', () => {
    const pull = { onDemand: false, state: 'error', error: null };
    const camera = absent('cam/gate', 'source-down', 'critical', 'waiting');
    const gate = { ...camera, stream: { ...camera.stream, pull } };
    const lessons = ['1', '2', '3', '4'].map((one) =>
      absent(`lessons/${one}`, 'off-air', 'warning', 'missing'),
    );
    const siblings = [gate, ...lessons, assessed({ name: 'well' })];
    const found = locate({ assessed: gate, siblings });
    expect(found.site).toBe('source');
    expect(found.evidence).toContainEqual({ code: 'others-well', count: 0, total: 1 });
    expect(lessons[0] && locate({ assessed: lessons[0], siblings }).site).toBe('publisher');
    const dead = ['a', 'b', 'c'].map((name) => absent(name, 'source-down', 'critical', 'waiting'));
    expect(lessons[0] && locate({ assessed: lessons[0], siblings: dead }).site).toBe('publisher');
  });

  test('what doesn’t come and what comes badly are told apart, and so are other kinds', () => {
    const camera = absent('cam', 'source-down', 'critical', 'waiting');
    expect(locate({ assessed: camera, siblings: others(4, 0) }).site).toBe('publisher');
    const dead = ['a', 'b', 'c'].map((name) => absent(name, 'not-live', 'critical', 'missing'));
    expect(locate({ assessed: lossy, siblings: dead }).site).toBe('publisher');
    expect(locate({ assessed: camera, siblings: dead }).site).toBe('server');
    const low = assessed({ health: 'warning', reasons: [reason({ code: 'bitrate-low' })] });
    expect(locate({ assessed: low, siblings: others(4, 0) }).site).toBe('publisher');
    const slowLinks = ['a', 'b', 'c'].map((name) =>
      assessed({ name, health: 'warning', reasons: [reason({ code: 'rtt-near-latency' })] }),
    );
    expect(locate({ assessed: lossy, siblings: slowLinks }).site).toBe('server');
  });

  test('what stands for streams that aren’t known is no other stream', () => {
    const camera = absent('cam', 'not-live', 'critical', 'missing');
    const globs = ['a/*', 'b?', '{c,d}'].map((name) => absent(name, 'not-live', 'critical', 'missing'));
    const found = locate({ assessed: camera, siblings: globs });
    expect(found.site).toBe('publisher');
    expect(found.evidence).toContainEqual({ code: 'others-well', count: 0, total: 0 });
  });

  test('a busy host stands first only where it can be the cause', () => {
    const busy = host({ cpu: { ...host().cpu, percent: 97 } });
    const [camera, ...dead] = ['a', 'b', 'c', 'd'].map((name) =>
      absent(name, 'source-down', 'critical', 'waiting'),
    );
    const found = camera && locate({ assessed: camera, siblings: dead, host: busy });
    expect(found).toMatchObject({ site: 'server' });
    expect(found?.codes[0]).toBe('others-ill');
    expect(found?.codes.at(-1)).toBe('host-load');
    expect(locate({ assessed: lossy, siblings: others(3, 0), host: busy }).codes[0]).toBe('host-load');
  });

  test('not in a busy host when nothing comes, or another server doesn’t answer', () => {
    const busy = host({ cpu: { ...host().cpu, percent: 97 } });
    const off = (name: string) =>
      assessed({ name, readers: 0, health: 'warning', reasons: [reason({ code: 'off-air' })] });
    const alone = locate({ assessed: off('a'), siblings: [off('b')], host: busy });
    expect(alone).toMatchObject({ site: 'publisher' });
    expect(alone.codes.at(-1)).toBe('host-load');
    const failing = assessed({
      readers: 0,
      health: 'warning',
      reasons: [reason({ code: 'forward-failing' })],
    });
    expect(locate({ assessed: failing, host: busy }).site).toBe('forwards');
    expect(locate({ assessed: lossy, siblings: others(1, 5), host: busy }).site).toBe('server');
  });

  test('nowhere, but not well either, when it is at rest', () => {
    expect(locate({ assessed: assessed({ readers: 0, state: 'idle' }) }).site).toBe('rest');
  });

  test('in the server when its host is too busy', () => {
    const busy = host({ cpu: { ...host().cpu, percent: 97 } });
    const found = locate({ assessed: discarding, connections: connections(slow('a')), host: busy });
    expect(found).toMatchObject({ site: 'server' });
    expect(found.evidence[0]).toStrictEqual({
      code: 'host-load',
      load: { kind: 'cpu', mount: null, percent: 97, limitPercent: 90, severity: 'warning' },
    });
  });

  test('a busy host is told, but isn’t blamed for one publisher’s link', () => {
    const full = host({ memory: { ...host().memory, usedPercent: 96 } });
    expect(locate({ assessed: lossy, host: full, siblings: [lossy, ...others(0, 9)] }).site).toBe(
      'publisher',
    );
    expect(locate({ host: full })).toMatchObject({ site: 'host' });
    expect(locate({ host: full }).codes[0]).toBe('host-load');
  });

  test('a host that is at its limits stands beside no “no trouble found”, for a disk or a warning neither', () => {
    const tight = host({ cpu: { ...host().cpu, percent: 80 } });
    expect(locate({ host: tight }).site).toBe('host');
    expect(locate({ host: host({ disks: [FULL_DISK] }) }).site).toBe('host');
    expect(locate({ host: host() }).site).toBe('none');
    // It isn't why a viewer is slow, though.
    expect(locate({ assessed: discarding, host: tight, connections: connections(slow('a')) }).site).toBe(
      'one-viewer',
    );
  });

  test('packets that the host drops are held against it by their direction, and not for a few', () => {
    const dropping = (inbound: number, outbound: number) =>
      host({
        network: {
          ...host().network,
          inboundDropsPerSecond: inbound,
          outboundDropsPerSecond: outbound,
        },
      });
    const viewersIll = { assessed: discarding, connections: connections(slow('a')) };
    expect(locate({ ...viewersIll, host: dropping(0, 40) }).site).toBe('server');
    expect(locate({ ...viewersIll, host: dropping(40, 2) }).site).toBe('one-viewer');
    const arrivesIll = { assessed: lossy, siblings: [lossy, ...others(1, 5)] };
    expect(locate({ ...arrivesIll, host: dropping(40, 0) }).site).toBe('server');
    expect(locate({ ...arrivesIll, host: dropping(2, 40) }).site).toBe('publisher');
    expect(locate({ host: dropping(40, 40) }).codes).toStrictEqual(
      expect.arrayContaining(['host-inbound-drops', 'host-outbound-drops']),
    );
  });

  test('viewers of whom nothing is known aren’t called well, nor absent', () => {
    const unknown = webrtc({ id: 'u', health: 'unknown' });
    expect(locate({ connections: connections(webrtc(), unknown) }).evidence.slice(1)).toStrictEqual([
      { code: 'viewers-well', count: 1, total: 2 },
      { code: 'viewers-unknown', count: 1 },
    ]);
    expect(locate({ assessed: assessed({ readers: 5 }) }).evidence.slice(1)).toStrictEqual([
      { code: 'viewers-unknown', count: 5 },
    ]);
    const partial = { ...connections(), isPartial: true };
    expect(locate({ assessed: assessed({ readers: 0 }), connections: partial }).codes).toStrictEqual([
      'arriving',
      'connections-missing',
    ]);
  });

  test('nothing that arrives isn’t called fine', () => {
    expect(locate({ assessed: assessed({ state: 'idle' }) }).evidence[0]).toStrictEqual({
      code: 'arriving',
      state: 'idle',
    });
  });

  test('without connections the stream’s own reasons have to do', () => {
    const found = locate({ assessed: discarding, connections: undefined });
    expect(found).toMatchObject({ site: 'one-viewer' });
    expect(found.codes).toContain('connections-unknown');
  });
});
