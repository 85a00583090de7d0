import { SimulatorError } from '../errors.ts';
import { freezeFlow } from './flow.ts';
import { goTime } from './go-time.ts';
import type { SourceType, Stream, World } from './model.ts';
import { streamName } from './names.ts';
import { noise, seedFrom } from './random.ts';
import { startRun } from './run.ts';

/** The mix of publishers, repeated over the fleet. */
const PATTERN = [
  'srtConn',
  'rtspSession',
  'srtConn',
  'rtmpConn',
  'srtConn',
  'webRTCSession',
  'idle',
  'srtConn',
  'rtspSession',
  'srtConn',
  'srtConn',
  'rtmpConn',
] as const;
const LOSSY_PLACE = 4;
const ON_DEMAND_NUMBER = 10;

const SERVER_AGE_MS = 4 * 3_600_000;
const MIN_RUN_AGE_MS = 60_000;
const MAX_RUN_AGE_MS = 3 * 3_600_000;

export interface FleetSettings {
  readonly seed: number;
  /** Number of streams. */
  readonly streams: number;
  readonly readersPerStream: number;
  /** Monotonic time in ms. */
  readonly nowMs: number;
  /** Unix time in ms at `nowMs`. */
  readonly wallMs: number;
}

/** A fleet whose streams have run for a minute to three hours: some idle, one waiting for demand. */
export function createWorld({ seed, streams, readersPerStream, nowMs, wallMs }: FleetSettings): World {
  const calendar = { atMs: nowMs, wallMs };
  const started = goTime(calendar, nowMs - SERVER_AGE_MS, noise(seed, 0));
  const world: World = { seed, calendar, readersPerStream, started, streams: [], connections: [] };
  return withStreams(
    world,
    Array.from({ length: streams }, (_, number) => {
      const place = PATTERN[number % PATTERN.length] ?? 'idle';
      const onDemand = number === ON_DEMAND_NUMBER;
      const stream: Stream = {
        name: streamName(number),
        number,
        source: onDemand ? 'rtspSource' : place === 'idle' ? 'srtConn' : place,
        lossy: number % PATTERN.length === LOSSY_PLACE,
        runs: 0,
        run: null,
      };
      if (onDemand || place === 'idle') return stream;
      const ageMs = MIN_RUN_AGE_MS + (MAX_RUN_AGE_MS - MIN_RUN_AGE_MS) * noise(seedFrom(stream.name), seed);
      return restarted(world, stream, nowMs - ageMs, nowMs);
    }),
  );
}

/** Adds a stream that starts now. Any name will do. */
export function addStream(world: World, name: string, source: SourceType, nowMs: number): World {
  if (world.streams.some((stream) => stream.name === name)) {
    throw new SimulatorError('stream-exists', `There is a stream called ${JSON.stringify(name)} already.`);
  }
  const stream: Stream = { name, number: world.streams.length, source, lossy: false, runs: 0, run: null };
  return withStreams(world, [...world.streams, restarted(world, stream, nowMs, nowMs)]);
}

/** Takes a stream out of the list, as MediaMTX does with one that no configuration names. */
export function removeStream(world: World, name: string): World {
  const left = findStream(world, name);
  return withStreams(
    world,
    world.streams.filter((stream) => stream !== left),
  );
}

/** Stops a stream, or starts it anew (also one that is live: a second publisher takes over). */
export function setStreamLive(world: World, name: string, live: boolean, nowMs: number): World {
  return changeStream(world, name, (stream) =>
    live ? restarted(world, stream, nowMs, nowMs) : { ...stream, run: null },
  );
}

/** Lets a stream's media stop while it stays ready, or go on. Does nothing to one that isn't live. */
export function setStreamFrozen(world: World, name: string, frozen: boolean, nowMs: number): World {
  return changeStream(world, name, (stream) => {
    if (stream.run === null) return stream;
    const flow = freezeFlow(stream.run.flow, frozen, nowMs);
    const { publisher, readers } = stream.run;
    return {
      ...stream,
      run: {
        ...stream.run,
        flow,
        publisher: publisher && { ...publisher, flow },
        readers: readers.map((reader) => ({ ...reader, flow })),
      },
    };
  });
}

function restarted(world: World, stream: Stream, startedAtMs: number, nowMs: number): Stream {
  const next = { ...stream, runs: stream.runs + 1 };
  return { ...next, run: startRun(world, next, startedAtMs, nowMs) };
}

function changeStream(world: World, name: string, change: (stream: Stream) => Stream): World {
  const changing = findStream(world, name);
  return withStreams(
    world,
    world.streams.map((stream) => (stream === changing ? change(stream) : stream)),
  );
}

function findStream(world: World, name: string): Stream {
  const found = world.streams.find((stream) => stream.name === name);
  if (found === undefined) {
    throw new SimulatorError('unknown-stream', `There is no stream called ${JSON.stringify(name)}.`);
  }
  return found;
}

function withStreams(world: World, streams: readonly Stream[]): World {
  return {
    ...world,
    streams: streams.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    connections: streams
      .flatMap(({ run }) => (run === null ? [] : [run.publisher ?? [], run.readers].flat()))
      .sort((a, b) => (a.created < b.created ? -1 : 1)),
  };
}
