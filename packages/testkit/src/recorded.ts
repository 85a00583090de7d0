import { readFileSync } from 'node:fs';

/** The MediaMTX versions whose answers were recorded. */
export const RECORDED_VERSIONS = ['1.2.0', '1.5.0', '1.9.3', '1.13.0', '1.17.0', '1.18.0', '1.20.1'] as const;
export type RecordedVersion = (typeof RECORDED_VERSIONS)[number];

/** `empty`: no clients; `t0` and `t1`: with publishers and readers, about 2 s apart. */
export type RecordedPhase = 'empty' | 't0' | 't1';

const root = new URL('../fixtures/mediamtx/', import.meta.url);

/** A recorded body as text. `name` is the file's path below the version's folder. */
export function recordedBody(version: RecordedVersion, name: string): string {
  return readFileSync(new URL(`${version}/${name}`, root), 'utf8');
}

/** A recorded body of a list, or `undefined` where that version didn't have the list. */
export function recordedList(
  version: RecordedVersion,
  list: string,
  phase: RecordedPhase,
): string | undefined {
  try {
    return recordedBody(version, `${list}.${phase}.json`);
  } catch {
    return undefined;
  }
}

/** Unix time in ms at which a list's recorded answer had arrived. */
export function recordedAtMs(version: RecordedVersion, list: string, phase: RecordedPhase): number {
  const index = JSON.parse(recordedBody(version, 'index.json')) as Record<string, { received_at: number }>;
  const entry = index[`${list}.${phase}.json`];
  if (entry === undefined) throw new Error(`${version} has no ${list}.${phase}.json`);
  return entry.received_at * 1_000;
}

/**
 * A body as MediaMTX 1.21 is said to answer, as text: constructed from its description, not recorded. What a test of it
 * shows is that our reader agrees with the description. `name` is the file's path below `1.21.0-constructed`.
 */
export function constructedBody(name: string): string {
  return readFileSync(new URL(`1.21.0-constructed/${name}`, root), 'utf8');
}

/** The constructed body of a list of MediaMTX 1.21, by the list's first name, or `undefined` where there is none. */
export function constructedList(list: string, phase: RecordedPhase): string | undefined {
  try {
    return constructedBody(`${list.replace(/(conns|sessions|muxers)$/, '_$1')}.${phase}.json`);
  } catch {
    return undefined;
  }
}
