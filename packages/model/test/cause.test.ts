import { describe, expect, test } from '@jest/globals';
import type { Reason, StreamState } from '@mediamtx-monitor/types';
import type { Parties } from '../../src/model/connections.ts';
import { locateTrouble, type Scene } from '../../src/model/trouble.ts';
import { reason, slow, srt, webrtc } from '../support/connections.ts';
import { FULL_DISK, host } from '../support/hosts.ts';
import { listed } from '../support/records.ts';

const parties = (...viewers: Parties['viewers']): Parties => ({
  publisher: srt({ role: 'publish' }),
  viewers,
  isPartial: false,
  toldAt: '2026-01-01T00:00:00.000Z',
});
const lossy = listed({ readers: 0, health: 'warning', reasons: [reason()] });
const discarding = listed({ health: 'warning', reasons: [reason({ code: 'reader-discards', measured: 1 })] });
const others = (ill: number, well: number) => [
  ...Array.from({ length: ill }, (_, index) =>
    listed({ name: `ill${index}`, health: 'critical', reasons: [reason()] }),
  ),
  ...Array.from({ length: well }, (_, index) => listed({ name: `well${index}` })),
];

function locate(given: Partial<Scene>) {
  const { seat, evidence } = locateTrouble({
    listed: listed({ readers: 0 }),
    status: 'up',
    parties: parties(),
    siblings: [],
    host: undefined,
    ...given,
  });
  return { seat, codes: evidence.map(({ code }) => code), evidence };
}

describe('where the trouble sits', () => {
  test('nowhere when all is well', () => {
    expect(locate({ parties: parties(webrtc()) })).toMatchObject({
      seat: 'none',
      codes: ['arriving', 'viewers-well'],
    });
    expect(locate({}).codes).toEqual(['arriving', 'no-viewers']);
  });

  test('in the server when that doesn’t answer', () => {
    expect(locate({ status: 'timeout' })).toMatchObject({
      seat: 'server',
      evidence: [{ code: 'server-status', problem: 'timeout' }],
    });
  });

  test('nobody knows where when there is no news', () => {
    expect(locate({ listed: listed({}, { health: 'unknown', stale: true }) })).toMatchObject({
      seat: 'unknown',
      codes: ['server-stale'],
    });
    expect(locate({ listed: listed({ health: 'unknown' }) }).seat).toBe('unknown');
  });

  test('at the publisher when only this stream arrives badly', () => {
    const found = locate({ listed: lossy, siblings: [lossy, ...others(1, 5)] });
    expect(found).toMatchObject({
      seat: 'publisher',
      codes: ['reason', 'others-ill', 'no-viewers'],
    });
    expect(found.evidence[1]).toEqual({ code: 'others-ill', count: 1, total: 6 });
  });

  test('in the server when many streams are in trouble', () => {
    expect(locate({ listed: lossy, siblings: [lossy, ...others(3, 3)] }).seat).toBe('server');
    expect(locate({ listed: lossy, siblings: [lossy, ...others(3, 4)] }).seat).toBe('publisher');
    expect(locate({ listed: lossy, siblings: [lossy, ...others(2, 0)] }).seat).toBe('publisher');
  });

  test('slow viewers of others say nothing about what arrives here, nor the other way round', () => {
    const slowElsewhere = ['a', 'b', 'c', 'd'].map((name) => listed({ ...discarding.stream, name }));
    expect(locate({ listed: lossy, siblings: slowElsewhere })).toMatchObject({
      seat: 'publisher',
      codes: ['reason', 'others-well', 'no-viewers'],
    });
    expect(locate({ listed: discarding, siblings: slowElsewhere, parties: parties(slow('a')) }).seat).toBe(
      'server',
    );
    expect(locate({ listed: discarding, siblings: others(4, 0), parties: parties(slow('a')) }).seat).toBe(
      'one-viewer',
    );
  });

  test('streams that don’t run say nothing about the server', () => {
    const idle = others(4, 0).map(({ stream }) => listed({ ...stream, state: 'waiting' }));
    expect(locate({ listed: lossy, siblings: idle })).toMatchObject({ seat: 'publisher' });
  });

  test('at single viewers, who are named', () => {
    const found = locate({ listed: discarding, parties: parties(slow('a'), webrtc({ id: 'b' })) });
    expect(found).toMatchObject({
      seat: 'viewers',
      codes: ['viewers-ill', 'viewer', 'arriving', 'others-well'],
    });
    expect(found.evidence[0]).toEqual({ code: 'viewers-ill', count: 1, total: 2 });
  });

  test('of many viewers only the first are named', () => {
    const viewers = Array.from('abcdef', slow);
    const well = Array.from('ghijkl', (id) => webrtc({ id }));
    const found = locate({ listed: discarding, parties: parties(...viewers, ...well) });
    expect(found.seat).toBe('viewers');
    expect(found.codes.filter((code) => code === 'viewer')).toHaveLength(3);
  });

  test('in the server or its network when nearly all viewers suffer', () => {
    const found = locate({ listed: discarding, parties: parties(...Array.from('abcd', slow), webrtc()) });
    expect(found.seat).toBe('server');
  });

  test('two viewers are too few to accuse the server, but both are both', () => {
    const seatOf = (...viewers: Parties['viewers']) =>
      locate({ listed: discarding, parties: parties(...viewers) }).seat;
    expect(seatOf(slow('a'), slow('b'))).toBe('both-viewers');
    expect(seatOf(slow('a'))).toBe('one-viewer');
    expect(seatOf(slow('a'), webrtc({ id: 'b' }))).toBe('viewers');
    // One of two isn’t listed.
    const two = listed({ ...discarding.stream, readers: 2 });
    expect(locate({ listed: two, parties: parties(slow('a')) }).seat).toBe('viewers');
  });

  test('on the way on, when only forwards fail', () => {
    const failing = reason({ code: 'forward-failing', measured: 1 });
    const found = locate({ listed: listed({ readers: 0, health: 'warning', reasons: [failing] }) });
    expect(found).toMatchObject({
      seat: 'forwards',
      codes: ['reason', 'arriving', 'others-well', 'no-viewers'],
    });
    const both = listed({ readers: 0, health: 'critical', reasons: [reason(), failing] });
    expect(locate({ listed: both }).evidence).toContainEqual({ code: 'reason', reason: failing });
    expect(locate({ listed: both }).seat).toBe('publisher');
  });

  test('at the source, of what the server fetches', () => {
    const pull = { onDemand: false, state: 'error', error: 'no route to host' };
    const down = reason({ code: 'source-down', severity: 'critical' });
    const camera = listed({ readers: 0, state: 'waiting', health: 'critical', reasons: [down], pull });
    expect(locate({ listed: camera })).toMatchObject({
      seat: 'source',
      codes: ['reason', 'others-well', 'no-viewers'],
    });
  });

  const absent = (name: string, code: Reason['code'], severity: Reason['severity'], state: StreamState) =>
    listed({ name, readers: 0, state, health: severity, reasons: [reason({ code, severity })] });

  test('in the server when many went off air with it, though none of them runs', () => {
    const off = (name: string) => absent(name, 'off-air', 'critical', 'missing');
    const [first, ...rest] = ['a', 'b', 'c', 'd'].map(off);
    expect(first && locate({ listed: first, siblings: rest }).seat).toBe('server');
    expect(first && locate({ listed: first, siblings: rest.slice(1) }).seat).toBe('publisher');
  });

  test('not in the server because others ended as they do, whether it is a dead camera or ended itself', () => {
    const pull = { onDemand: false, state: 'error', error: null };
    const camera = absent('cam/gate', 'source-down', 'critical', 'waiting');
    const gate = { ...camera, stream: { ...camera.stream, pull } };
    const lessons = ['1', '2', '3', '4'].map((one) =>
      absent(`lessons/${one}`, 'off-air', 'warning', 'missing'),
    );
    const siblings = [gate, ...lessons, listed({ name: 'well' })];
    const found = locate({ listed: gate, siblings });
    expect(found.seat).toBe('source');
    expect(found.evidence).toContainEqual({ code: 'others-well', count: 0, total: 1 });
    expect(lessons[0] && locate({ listed: lessons[0], siblings }).seat).toBe('publisher');
    const dead = ['a', 'b', 'c'].map((name) => absent(name, 'source-down', 'critical', 'waiting'));
    expect(lessons[0] && locate({ listed: lessons[0], siblings: dead }).seat).toBe('publisher');
  });

  test('what doesn’t come and what comes badly are told apart, and so are other kinds', () => {
    const camera = absent('cam', 'source-down', 'critical', 'waiting');
    expect(locate({ listed: camera, siblings: others(4, 0) }).seat).toBe('publisher');
    const dead = ['a', 'b', 'c'].map((name) => absent(name, 'not-live', 'critical', 'missing'));
    expect(locate({ listed: lossy, siblings: dead }).seat).toBe('publisher');
    expect(locate({ listed: camera, siblings: dead }).seat).toBe('server');
    const low = listed({ health: 'warning', reasons: [reason({ code: 'bitrate-low' })] });
    expect(locate({ listed: low, siblings: others(4, 0) }).seat).toBe('publisher');
    const slowLinks = ['a', 'b', 'c'].map((name) =>
      listed({ name, health: 'warning', reasons: [reason({ code: 'rtt-near-latency' })] }),
    );
    expect(locate({ listed: lossy, siblings: slowLinks }).seat).toBe('server');
  });

  test('what stands for streams that aren’t known is no other stream', () => {
    const camera = absent('cam', 'not-live', 'critical', 'missing');
    const globs = ['a/*', 'b?', '{c,d}'].map((name) => absent(name, 'not-live', 'critical', 'missing'));
    const found = locate({ listed: camera, siblings: globs });
    expect(found.seat).toBe('publisher');
    expect(found.evidence).toContainEqual({ code: 'others-well', count: 0, total: 0 });
  });

  test('a busy host stands first only where it can be the cause', () => {
    const busy = host({ cpu: { ...host().cpu, percent: 97 } });
    const [camera, ...dead] = ['a', 'b', 'c', 'd'].map((name) =>
      absent(name, 'source-down', 'critical', 'waiting'),
    );
    const found = camera && locate({ listed: camera, siblings: dead, host: busy });
    expect(found).toMatchObject({ seat: 'server' });
    expect(found?.codes[0]).toBe('others-ill');
    expect(found?.codes.at(-1)).toBe('host-load');
    expect(locate({ listed: lossy, siblings: others(3, 0), host: busy }).codes[0]).toBe('host-load');
  });

  test('not in a busy host when nothing comes, or another server doesn’t answer', () => {
    const busy = host({ cpu: { ...host().cpu, percent: 97 } });
    const off = (name: string) =>
      listed({ name, readers: 0, health: 'warning', reasons: [reason({ code: 'off-air' })] });
    const alone = locate({ listed: off('a'), siblings: [off('b')], host: busy });
    expect(alone).toMatchObject({ seat: 'publisher' });
    expect(alone.codes.at(-1)).toBe('host-load');
    const failing = listed({ readers: 0, health: 'warning', reasons: [reason({ code: 'forward-failing' })] });
    expect(locate({ listed: failing, host: busy }).seat).toBe('forwards');
    expect(locate({ listed: lossy, siblings: others(1, 5), host: busy }).seat).toBe('server');
  });

  test('nowhere, but not well either, when it is at rest', () => {
    expect(locate({ listed: listed({ readers: 0, state: 'idle' }) }).seat).toBe('rest');
  });

  test('in the server when its host is too busy', () => {
    const busy = host({ cpu: { ...host().cpu, percent: 97 } });
    const found = locate({ listed: discarding, parties: parties(slow('a')), host: busy });
    expect(found).toMatchObject({ seat: 'server' });
    expect(found.evidence[0]).toEqual({
      code: 'host-load',
      load: { kind: 'cpu', mount: null, percent: 97, severity: 'warning' },
    });
  });

  test('a busy host is told, but isn’t blamed for one publisher’s link', () => {
    const full = host({ memory: { ...host().memory, usedPercent: 96 } });
    expect(locate({ listed: lossy, host: full, siblings: [lossy, ...others(0, 9)] }).seat).toBe('publisher');
    expect(locate({ host: full })).toMatchObject({ seat: 'host' });
    expect(locate({ host: full }).codes[0]).toBe('host-load');
  });

  test('a host that is at its limits stands beside no “no trouble found”, for a disk or a warning neither', () => {
    const tight = host({ cpu: { ...host().cpu, percent: 80 } });
    expect(locate({ host: tight }).seat).toBe('host');
    expect(locate({ host: host({ disks: [FULL_DISK] }) }).seat).toBe('host');
    expect(locate({ host: host() }).seat).toBe('none');
    // It isn't why a viewer is slow, though.
    expect(locate({ listed: discarding, host: tight, parties: parties(slow('a')) }).seat).toBe('one-viewer');
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
    const viewersIll = { listed: discarding, parties: parties(slow('a')) };
    expect(locate({ ...viewersIll, host: dropping(0, 40) }).seat).toBe('server');
    expect(locate({ ...viewersIll, host: dropping(40, 2) }).seat).toBe('one-viewer');
    const arrivesIll = { listed: lossy, siblings: [lossy, ...others(1, 5)] };
    expect(locate({ ...arrivesIll, host: dropping(40, 0) }).seat).toBe('server');
    expect(locate({ ...arrivesIll, host: dropping(2, 40) }).seat).toBe('publisher');
    expect(locate({ host: dropping(40, 40) }).codes).toEqual(
      expect.arrayContaining(['host-inbound-drops', 'host-outbound-drops']),
    );
  });

  test('viewers of whom nothing is known aren’t called well, nor absent', () => {
    const unknown = webrtc({ id: 'u', health: 'unknown' });
    expect(locate({ parties: parties(webrtc(), unknown) }).evidence.slice(1)).toEqual([
      { code: 'viewers-well', count: 1, total: 2 },
      { code: 'viewers-unknown', count: 1 },
    ]);
    expect(locate({ listed: listed({ readers: 5 }) }).evidence.slice(1)).toEqual([
      { code: 'viewers-unknown', count: 5 },
    ]);
    const partial = { ...parties(), isPartial: true };
    expect(locate({ listed: listed({ readers: 0 }), parties: partial }).codes).toEqual([
      'arriving',
      'connections-missing',
    ]);
  });

  test('nothing that arrives isn’t called fine', () => {
    expect(locate({ listed: listed({ state: 'idle' }) }).evidence[0]).toEqual({
      code: 'arriving',
      state: 'idle',
    });
  });

  test('without connections the stream’s own reasons have to do', () => {
    const found = locate({ listed: discarding, parties: undefined });
    expect(found).toMatchObject({ seat: 'one-viewer' });
    expect(found.codes).toContain('connections-unknown');
  });
});
