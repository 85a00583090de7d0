import { PROTOCOLS } from '@mediamtx-monitor/types';
import fc from 'fast-check';
import {
  type ListFacts,
  type ForwardFact,
  type Observation,
  type PathDetails,
  type PathFact,
  type StaticSourceFact,
} from '../../src/facts.ts';
import type { ConnectionFact, ListName } from '../../src/protocols/index.ts';

/** One poll of a random sequence. */
export interface PollStep {
  readonly observation: Observation;
  /** When it was, on a monotonic clock. */
  readonly monotonicMs: number;
  /** How far the wall clock went on; back where negative. */
  readonly wallStepMs: number;
  /** Whether another collector takes over after it. */
  readonly restarts: boolean;
}

const NAMES = ['cam', 'cam/one', '📹', ',"streams":['] as const;
const SOURCE_IDS = ['a', 'b', 'c'] as const;
/** Far above any real counter; sums of some are exact still. */
const LARGEST = 2 ** 50;
const nullable = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { freq: 8 });

/** Counters go on, stand or fall at random: small ones often meet the same value again. */
const counter = nullable(
  fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 5_000 }), fc.integer({ min: 0, max: LARGEST })),
);
const measure = nullable(fc.double({ min: 0, max: 1e12, noNaN: true }));
const smallMeasure = nullable(fc.double({ min: 0, max: 500, noNaN: true }));
const timeMs = nullable(fc.integer({ min: 0, max: Date.parse('2030-01-01T00:00:00Z') }));
const text = nullable(fc.string({ minLength: 1, maxLength: 8 }));
const properties = { profile: text, level: text, width: counter, height: counter };

const track = fc.record({
  codec: fc.constantFrom('H264', 'Opus', 'MPEG-4 Audio', 'G711', 'teleport'),
  ...properties,
  sampleRate: nullable(fc.constantFrom(0, 8_000, 44_100, 48_000)),
  channels: counter,
});

const path = fc.record({
  name: fc.constantFrom(...NAMES),
  confName: nullable(fc.constantFrom('all_others', 'cam')),
  sourceType: nullable(fc.constantFrom('srtConn', 'rtspSource', 'redirect', 'teleportSource')),
  sourceId: nullable(fc.constantFrom(...SOURCE_IDS)),
  ready: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  online: nullable(fc.boolean()),
  readyAtMs: nullable(fc.constantFrom(1_000, 2_000, 3_000)),
  tracks: fc.array(track, { maxLength: 3 }),
  inboundBytes: counter,
  outboundBytes: counter,
  framesInError: counter,
  readerTypes: fc.array(fc.constantFrom('srtconn', 'hlsmuxer', 'hlssession', 'hidden', ''), { maxLength: 4 }),
}) satisfies fc.Arbitrary<PathFact>;

const common = {
  id: fc.constantFrom(...SOURCE_IDS, 'd'),
  list: fc.constant<ListName>('srtconns'),
  stream: nullable(fc.constantFrom(...NAMES)),
  role: fc.constantFrom('publish', 'read', 'idle'),
  remoteAddr: text,
  user: text,
  userAgent: text,
  openedAtMs: timeMs,
  inboundBytes: counter,
  outboundBytes: counter,
} as const;
const rtp = fc.record({ packets: counter, lostPackets: counter, jitterTicks: measure });

const srt = fc.record({
  ...common,
  protocol: fc.constant('srt'),
  srt: fc.record({
    rttMs: fc.oneof(smallMeasure, measure),
    receiveRateMibps: measure,
    linkCapacityMibps: measure,
    latencyMs: nullable(fc.nat({ max: 500 })),
    bufferMs: measure,
    uniquePackets: counter,
    lostPackets: counter,
    retransmittedPackets: counter,
    droppedPackets: counter,
    undecryptablePackets: counter,
    framesDiscarded: counter,
  }),
});
const rtsp = <Name extends 'rtsp' | 'rtsps'>(protocol: Name) =>
  fc.record({
    ...common,
    protocol: fc.constant(protocol),
    rtp,
    transport: text,
    tunnel: text,
    packetsInError: counter,
    packetsDiscarded: counter,
  });
const rtmp = <Name extends 'rtmp' | 'rtmps'>(protocol: Name) =>
  fc.record({ ...common, protocol: fc.constant(protocol), framesDiscarded: counter });
const hls = fc.record({
  ...common,
  protocol: fc.constant('hls'),
  lastRequestAtMs: timeMs,
  cdn: nullable(fc.boolean()),
  framesDiscarded: counter,
});
const webrtc = fc.record({
  ...common,
  protocol: fc.constant('webrtc'),
  rtp,
  established: nullable(fc.boolean()),
  localCandidate: text,
  remoteCandidate: text,
  framesDiscarded: counter,
});
const moq = fc.record({ ...common, protocol: fc.constant('moq'), version: text, transport: text });

type ListAt = (receivedAtMs: number) => ListFacts<ConnectionFact>;

/** A list that was answered, is off or failed. */
function listOf(fact: fc.Arbitrary<ConnectionFact>): fc.Arbitrary<ListAt> {
  const answered = fc
    .uniqueArray(fact, { maxLength: 3, selector: ({ id }) => id })
    .map((facts): ListAt => (receivedAtMs) => ({ kind: 'facts', facts, receivedAtMs }));
  return fc.oneof(
    { weight: 8, arbitrary: answered },
    { weight: 1, arbitrary: fc.constant<ListAt>(() => ({ kind: 'off' })) },
    { weight: 1, arbitrary: fc.constant<ListAt>(() => ({ kind: 'failed' })) },
  );
}

const lists = fc.record({
  srt: listOf(srt),
  rtsp: listOf(rtsp('rtsp')),
  rtsps: listOf(rtsp('rtsps')),
  rtmp: listOf(rtmp('rtmp')),
  rtmps: listOf(rtmp('rtmps')),
  hls: listOf(hls),
  webrtc: listOf(webrtc),
  moq: listOf(moq),
});

/** Some streams with what was asked of them. */
const byName = <Value>(value: fc.Arbitrary<Value>) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...NAMES), value), { maxLength: 2, selector: ([name]) => name })
    .map((entries) => new Map(entries));

const configuration = fc.record({ sourceOnDemand: fc.boolean(), runOnDemand: fc.boolean() });
const staticSource = fc.record({
  state: nullable(fc.constantFrom('idle', 'running', 'error')),
  error: text,
  link: nullable(srt),
});
const forwarded = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('f', 'g'),
    position: fc.integer({ min: 1, max: 3 }),
    protocol: text,
    state: nullable(fc.constantFrom('idle', 'forwarding', 'error')),
    error: text,
    remoteAddr: text,
    outboundBytes: counter,
  }) satisfies fc.Arbitrary<ForwardFact>,
  { maxLength: 2, selector: ({ id }) => id },
);
const details = fc.record({
  configurations: byName(configuration).map(
    (known) => new Map([...known].map(([, value]) => ['cam', value])),
  ),
  sources: byName(staticSource),
  forwards: byName(forwarded),
});

/** What was answered, with the time, and links by the names they have. */
function answeredAt(
  facts: {
    readonly sources: Map<string, StaticSourceFact>;
    readonly forwards: Map<string, ForwardFact[]>;
    readonly configurations: Map<string, { sourceOnDemand: boolean; runOnDemand: boolean }>;
  },
  receivedAtMs: number,
): PathDetails {
  const linked = (name: string, fact: StaticSourceFact): StaticSourceFact => ({
    ...fact,
    link: fact.link === null ? null : { ...fact.link, id: `pull:${name}`, stream: name, role: 'publish' },
  });
  return {
    configurations: facts.configurations,
    sources: new Map(
      [...facts.sources].map(([name, fact]) => [name, { fact: linked(name, fact), receivedAtMs }]),
    ),
    forwards: new Map([...facts.forwards].map(([name, fact]) => [name, { fact, receivedAtMs }])),
  };
}

const step = fc.record({
  details,
  paths: fc.option(fc.uniqueArray(path, { maxLength: NAMES.length, selector: ({ name }) => name }), {
    freq: 6,
  }),
  lists,
  version: nullable(fc.constant('v1.20.1')),
  simulated: fc.boolean(),
  monotonicStepMs: fc.oneof(fc.constant(2_000), fc.double({ min: 0, max: 40_000, noNaN: true })),
  wallStepMs: fc.oneof(fc.constant(2_000), fc.integer({ min: -3_600_000, max: 3_600_000 })),
  restarts: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
});

/** Random sequences of polls of one server. */
export const observations: fc.Arbitrary<PollStep[]> = fc
  .array(step, { minLength: 1, maxLength: 8 })
  .map((steps) => {
    // What was published before this process began is older than its clock.
    let receivedAtMs = 100_000_000;
    return steps.map(
      ({ paths, lists, details: asked, version, simulated, monotonicStepMs, wallStepMs, restarts }) => {
        receivedAtMs += monotonicStepMs;
        const failed = paths === null;
        return {
          monotonicMs: receivedAtMs,
          wallStepMs,
          restarts,
          observation: {
            paths: failed ? null : { facts: paths, receivedAtMs },
            protocols: PROTOCOLS.map((protocol) => ({
              protocol,
              connections: lists[protocol](receivedAtMs),
            })),
            details: answeredAt(asked, receivedAtMs),
            version,
            // One that is simulated is another process.
            startedAtMs: simulated ? 1_000 : version === null ? null : 2_000,
            status: failed ? 'timeout' : 'up',
            error: failed ? 'no answer' : null,
            simulated,
            missing: failed ? ['paths'] : [],
          },
        };
      },
    );
  });
