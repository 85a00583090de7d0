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
  /** Monotonic time in ms. */
  readonly nowMs: number;
  /** Unix time in ms at `nowMs`. */
  readonly wallMs: number;
}

/** A fleet whose streams have run for a minute to three hours: some idle, one waiting for demand. */
export function createWorld({ seed, streams, audience, nowMs, wallMs }: FleetSettings): World {
  const calendar = { atMs: nowMs, wallMs };
  const started = goTime(calendar, nowMs - SERVER_AGE_MS, noise(seed, 0));
  const world: World = { seed, calendar, audience, started, streams: [], connections: [], muxers: [] };
  return withStreams(
    world,
    Array.from({ length: streams }, (_, number) => {
      const { live, ...plan } = planSource(number);
      const stream: Stream = { name: streamName(number), number, ...plan, runs: 0, run: null };
      if (!live) return stream;
      const ageMs = MIN_RUN_AGE_MS + (MAX_RUN_AGE_MS - MIN_RUN_AGE_MS) * noise(seedFrom(stream.name), seed);
      return restarted(world, stream, nowMs - ageMs, nowMs);
    }),
  );
}

/** A stream that starts at a monotonic time in ms, whose readers have joined by `nowMs`. */
export function restarted(world: World, stream: Stream, startedAtMs: number, nowMs: number): Stream {
  const next = { ...stream, runs: stream.runs + 1 };
  return { ...next, run: startRun(world, next, startedAtMs, nowMs) };
}

/** The world with these streams, their connections and muxers. */
export function withStreams(world: World, streams: readonly Stream[]): World {
  return {
    ...world,
    streams: streams.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
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
