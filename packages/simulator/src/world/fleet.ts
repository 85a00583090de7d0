import { flowedMs, mediaSum } from './flow.ts';
import { goTime, type Calendar } from './go-time.ts';
import type { Audience, Muxer, Run, Stream, World } from './model.ts';
import { streamName } from './names.ts';
import { planSource } from './pattern.ts';
import { noise, seedFrom } from './random.ts';
import { startRun } from './run.ts';

const SERVER_AGE_MS = 4 * 3_600_000;
const MIN_RUN_AGE_MS = 60_000;
const MAX_RUN_AGE_MS = 3 * 3_600_000;

export interface FleetSettings {
  readonly seed: number;
  /** Number of streams. */
  readonly streams: number;
  readonly audience: Audience;
  /** Whether some of the first dozen are pulled, sent on, or always available; default no. */
  readonly eventful?: boolean;
  /** Monotonic time in ms. */
  readonly nowMs: number;
  /** Unix time in ms at `nowMs`. */
  readonly wallMs: number;
}

/** A fleet whose streams have run for a minute to three hours: some idle, one waiting for demand. */
export function createWorld(settings: FleetSettings): World {
  const { seed, streams, audience, eventful = false, nowMs, wallMs } = settings;
  const calendar = { atMs: nowMs, wallMs };
  const createdAtMs = nowMs - SERVER_AGE_MS;
  const started = goTime(calendar, createdAtMs, noise(seed, 0));
  const world: World = {
    ...{ seed, calendar, audience, started },
    ...{ streams: [], listed: [], connections: [], muxers: [] },
  };
  return withStreams(
    world,
    Array.from({ length: streams }, (_, number) => {
      const { live, ...plan } = planSource(number, eventful);
      const stream = newStream(calendar, { name: streamName(number), number, ...plan }, createdAtMs);
      if (!live) return stream;
      const ageMs = MIN_RUN_AGE_MS + (MAX_RUN_AGE_MS - MIN_RUN_AGE_MS) * noise(seedFrom(stream.name), seed);
      return restarted(world, stream, nowMs - ageMs, nowMs);
    }),
  );
}

/** A stream that has never run. */
export function newStream(
  calendar: Calendar,
  what: Pick<Stream, 'name' | 'number' | 'source' | 'lossy' | 'conf'>,
  nowMs: number,
): Stream {
  return {
    ...what,
    createdAtMs: nowMs,
    createdAt: goTime(calendar, nowMs, 0.5),
    runs: 0,
    changedAtMs: nowMs,
    failingForwards: [],
    carriedBefore: 0,
    run: null,
  };
}

/** A stream that starts at a monotonic time in ms, whose readers have joined by `nowMs`. */
export function restarted(world: World, stream: Stream, startedAtMs: number, nowMs: number): Stream {
  const next = { ...stopped(stream, nowMs), runs: stream.runs + 1 };
  return { ...next, run: startRun(world, next, startedAtMs, nowMs) };
}

/** A stream that nothing publishes any more. */
export function stopped(stream: Stream, nowMs: number): Stream {
  if (stream.run === null) return { ...stream, changedAtMs: nowMs };
  const { flow, firstMediaSum } = stream.run;
  const carried = Math.floor(mediaSum(flow, flowedMs(flow, nowMs)) - firstMediaSum);
  return { ...stream, changedAtMs: nowMs, carriedBefore: stream.carriedBefore + carried, run: null };
}

/** The world with these streams, their connections and muxers. */
export function withStreams(world: World, streams: readonly Stream[]): World {
  const sorted = streams.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return {
    ...world,
    streams: sorted,
    listed: sorted.filter(({ conf, run }) => conf.ownEntry || run !== null),
    connections: streams
      .flatMap(({ run }) => (run === null ? [] : [run.publisher ?? [], run.readers].flat()))
      .sort(byAge),
    muxers: streams.flatMap(({ run }) => (run === null ? [] : muxersOf(run, world.calendar))).sort(byAge),
  };
}

/** One for all of a stream's HLS viewers; none without any. */
function muxersOf({ readers }: Run, calendar: Calendar): Muxer[] {
  const viewers = readers.filter(({ type }) => type === 'hlsSession').sort(byAge);
  return viewers.slice(0, 1).map(({ path, created, link }) => ({
    path,
    created,
    viewers,
    phase: noise(link.noiseSeed, 0),
    calendar,
  }));
}

function byAge(a: { readonly created: string }, b: { readonly created: string }): number {
  return a.created < b.created ? -1 : 1;
}
