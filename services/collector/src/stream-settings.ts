import { createSchedule, streamGlob } from '@mediamtx-monitor/runtime';
import { STREAM_REASON_CODES } from '@mediamtx-monitor/types';
import type { DeriveSettings, Expectation, Expectations, Thresholds } from './derive/index.ts';
import { type ExpectedEntry, isStreamName } from './expected-entry.ts';
import type { MonitorFile } from './monitor-file.ts';

/** Names may come and go without end; so many are looked up without matching anew. */
const MAX_REMEMBERED_NAMES = 50_000;
const DEFAULT_OFF_AIR_MINUTES = 10;
const MS_PER_MINUTE = 60_000;

/** The settings of a stream. */
interface StreamSettings {
  readonly thresholds: Thresholds;
  readonly offAirMs: number;
}

/** Remembers what is found of names, as far as they don't get too many. */
function remembering<Found>(find: (name: string) => Found): (name: string) => Found {
  const byName = new Map<string, Found>();
  return (name) => {
    const known = byName.get(name);
    if (known !== undefined) return known;
    const found = find(name);
    if (byName.size >= MAX_REMEMBERED_NAMES) byName.clear();
    byName.set(name, found);
    return found;
  };
}

type StreamChanges = Pick<MonitorFile, 'thresholds' | 'offAirMinutes'>;

function merged(base: StreamSettings, { thresholds, offAirMinutes }: StreamChanges): StreamSettings {
  const entries = STREAM_REASON_CODES.map((code) => [
    code,
    { ...base.thresholds[code], ...thresholds[code] },
  ]);
  return {
    // Every code has its entry.
    thresholds: Object.fromEntries(entries) as Thresholds,
    offAirMs: offAirMinutes === undefined ? base.offAirMs : offAirMinutes * MS_PER_MINUTE,
  };
}

/** Whether an entry is about a server. */
const isAbout = (servers: readonly string[] | null | undefined, server: string): boolean =>
  servers?.includes(server) ?? true;

/** Finds the settings of a stream: the defaults, then the file's, then those of matching globs. */
function createSettingsOf(
  defaults: Thresholds,
  file: MonitorFile,
  server: string,
): (stream: string) => StreamSettings {
  const all = merged({ thresholds: defaults, offAirMs: DEFAULT_OFF_AIR_MINUTES * MS_PER_MINUTE }, file);
  const entries = file.streams.filter(({ servers }) => isAbout(servers, server));
  const globs = entries.map((changes) => ({ matches: streamGlob(changes.match), changes }));
  if (globs.length === 0) return () => all;
  const ofCombination = remembering((combination) =>
    combination
      .split(',')
      .flatMap((place) => globs[Number(place)] ?? [])
      .reduce((base, { changes }) => merged(base, changes), all),
  );
  return remembering((stream) => {
    const places = globs.flatMap(({ matches }, place) => (matches(stream) ? [place] : []));
    return places.length === 0 ? all : ofCombination(places.join());
  });
}

function expectationOf({ match, hours, forMs, atLeast }: ExpectedEntry): Expectation {
  return {
    match,
    isName: isStreamName(match),
    forMs,
    atLeast,
    schedule: hours === null ? null : createSchedule(hours),
  };
}

/** The expectations of a server's streams. */
function createExpectations(entries: readonly ExpectedEntry[], server: string): Expectations {
  const all = entries.filter(({ servers }) => isAbout(servers, server)).map(expectationOf);
  const matchers = all.map(({ match, isName }) => {
    const matches = isName ? () => false : streamGlob(match);
    return (stream: string): boolean => stream === match || matches(stream);
  });
  const of = remembering((stream): readonly number[] =>
    matchers.flatMap((matches, place) => (matches(stream) ? [place] : [])),
  );
  return { all, of: all.length === 0 ? () => [] : of };
}

/** What derivation is told of a server's streams, by the defaults and MONITOR_CONFIG. */
export function createStreamSettings(
  defaults: Thresholds,
  file: MonitorFile,
  server: string,
): Pick<DeriveSettings, 'thresholdsOf' | 'offAirMsOf' | 'expectations'> {
  const settingsOf = createSettingsOf(defaults, file, server);
  return {
    thresholdsOf: (stream) => settingsOf(stream).thresholds,
    offAirMsOf: (stream) => settingsOf(stream).offAirMs,
    expectations: createExpectations(file.expected, server),
  };
}
