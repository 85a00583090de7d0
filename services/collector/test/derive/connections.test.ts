import { expect, test } from '@jest/globals';
import { pathFact, rtmpConnection, rtspConnection, srtConnection, type TickFacts, ticker } from './facts.ts';

test('connections stand by stream and id, those of no stream first, however they are listed', () => {
  const connections = [
    srtConnection({}, { id: 'b', stream: 'A' }),
    srtConnection({}, { id: 'a', stream: 'B' }),
    srtConnection({}, { id: 'e', stream: null }),
    srtConnection({}, { id: 'c', stream: 'A' }),
    srtConnection({}, { id: 'f', stream: null }),
  ];
  for (const listed of [connections, connections.toReversed()]) {
    const ids = ticker()
      .tick({ connections: listed })
      .connections.map(({ id }) => id);
    expect(ids).toStrictEqual(['e', 'f', 'b', 'c', 'a']);
  }
});

test('a reader whose link is too slow is no one for whom something is thrown away', () => {
  const { tick } = ticker();
  const slow = srtConnection({ rttMs: 50 }, { id: 'reader-1', role: 'read' });
  const factsAt = (inboundBytes: number): TickFacts => ({
    paths: [pathFact({ inboundBytes })],
    connections: [slow],
  });
  for (let times = 0; times < 6; times += 1) tick(factsAt(times));
  const { streams, connections } = tick(factsAt(6));
  expect(connections[0]?.reasons.map(({ code }) => code)).toStrictEqual(['rtt-near-latency']);
  expect(streams[0]?.reasons).toStrictEqual([]);
});

test('what is wrong with a reader isn’t wrong with the stream that it brought before, whose list fails', () => {
  const { tick } = ticker();
  const reader = (discarded: number) => rtspConnection({ packetsDiscarded: discarded });
  const path = (inboundBytes: number) =>
    pathFact({ sourceType: 'rtspSession', sourceId: 'rtsp-1', inboundBytes });
  for (let times = 0; times < 10; times += 1) {
    tick({ paths: [path(times)], connections: [reader(times * 100)] });
  }
  const failing = (at: number): TickFacts => ({
    paths: [path(at)],
    but: (made) => ({
      ...made,
      protocols: made.protocols.map(({ protocol, connections }) => ({
        protocol,
        connections: protocol === 'rtsp' ? { kind: 'failed' } : connections,
      })),
    }),
  });
  // Whether something is thrown away isn't known, which ends nothing.
  for (let at = 10; at < 20; at += 1) tick(failing(at));
  const { streams, connections } = tick(failing(20));
  expect(connections[0]?.reasons.map(({ code }) => code)).toStrictEqual(['discards']);
  expect(streams[0]?.reasons.map(({ code }) => code)).toStrictEqual(['reader-discards']);
});

test('a slow reader that has gone is no reason five ticks later', () => {
  const { tick } = ticker();
  const factsAt = (at: number, connections: NonNullable<TickFacts['connections']>): TickFacts => ({
    paths: [pathFact({ inboundBytes: at })],
    connections,
  });
  for (let at = 0; at < 10; at += 1) tick(factsAt(at, [rtmpConnection(at * 100)]));
  const seen = [10, 11, 12, 13, 14].map((at) => tick(factsAt(at, [])).streams[0]?.reasons.length);
  expect(seen).toStrictEqual([1, 1, 1, 1, 0]);
});
