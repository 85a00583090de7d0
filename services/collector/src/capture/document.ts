import type { Moment } from '@mediamtx-monitor/runtime';
import {
  type AddressPrivacy,
  RAW_SNAPSHOT_VERSION,
  type RawList,
  type RawSample,
  type RawSnapshot,
} from '@mediamtx-monitor/types';
import { maskText } from '../addresses.ts';
import type { ListOutcome } from '../protocols/index.ts';
import { redact } from './redact.ts';

/** What a round of questions came to: each list by its name. */
export type Outcomes = Readonly<Record<string, ListOutcome>>;

/** A round of questions that began at `start`, as a sample. Pure. */
export function sampleOf(outcomes: Outcomes, start: Moment): RawSample {
  const isoTime = (monotonicMs: number): string =>
    new Date(start.wallMs + monotonicMs - start.monotonicMs).toISOString();
  const listOf = (outcome: ListOutcome): RawList => {
    if (outcome.kind === 'off') return { status: 'off' };
    if (outcome.kind === 'failed') return { status: outcome.status, error: outcome.error };
    return { status: 'read', receivedAt: isoTime(outcome.receivedAtMs), items: outcome.items };
  };
  const lists = Object.entries(outcomes).map(([name, outcome]) => [name, listOf(outcome)] as const);
  return { takenAt: isoTime(start.monotonicMs), lists: Object.fromEntries(lists) };
}

/** What a capture is made of. */
export interface CaptureParts {
  readonly monitorVersion: string;
  readonly nodeVersion: string;
  /** Without user and password. */
  readonly mediamtxUrl: string;
  readonly simulated: boolean;
  readonly addresses: AddressPrivacy;
  /** As they came, secrets included. */
  readonly samples: readonly RawSample[];
}

/** The version that a sample's `info` tells. */
function versionIn({ lists }: RawSample): string | null {
  const { info } = lists;
  const [item] = info?.status === 'read' ? info.items : [];
  const version: unknown = typeof item === 'object' && item !== null ? Reflect.get(item, 'version') : null;
  return typeof version === 'string' ? version.trim() : null;
}

/** The capture as it may be handed on. Pure. */
export function documentOf({ samples, ...parts }: CaptureParts): RawSnapshot {
  const { addresses } = parts;
  let removedSecrets = 0;

  function cleaned(list: RawList): RawList {
    if (list.status === 'off') return list;
    if (list.status !== 'read') return { ...list, error: maskText(list.error, addresses) };
    const items = list.items.map((item) => redact(item, addresses));
    for (const item of items) removedSecrets += item.removedSecrets;
    return { ...list, items: items.map(({ value }) => value) };
  }

  const cleanedSamples = samples.map(({ takenAt, lists }) => ({
    takenAt,
    lists: Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, cleaned(list)])),
  }));
  return {
    type: 'mediamtx-snapshot',
    v: RAW_SNAPSHOT_VERSION,
    ...parts,
    mediamtxUrl: maskText(parts.mediamtxUrl, addresses),
    mediamtxVersion: samples.map(versionIn).find((version) => version !== null) ?? null,
    removedSecrets,
    samples: cleanedSamples,
  };
}

/** What became of a capture, for the operator. */
export interface CaptureSummary {
  /** Sentences about lists that could not be read. */
  readonly failures: readonly string[];
  /** Whether every sample has the path list, without which a capture shows little. */
  readonly hasPaths: boolean;
  /** What is in it, and what was taken out. */
  readonly text: string;
}

/** Each failure once, with the lists it concerns where it isn't all. */
function failuresIn(samples: readonly RawSample[]): string[] {
  const listsByError = new Map<string, Set<string>>();
  for (const [name, list] of samples.flatMap(({ lists }) => Object.entries(lists))) {
    if (!('error' in list)) continue;
    const lists = listsByError.get(list.error) ?? new Set();
    listsByError.set(list.error, lists.add(name));
  }
  const all = Object.keys(samples[0]?.lists ?? {}).length;
  return [...listsByError].map(([error, lists]) =>
    lists.size === all ? error : `${[...lists].join(', ')}: ${error}`,
  );
}

/** Sums up a capture. Pure. */
export function summarise({ samples, removedSecrets, addresses }: RawSnapshot): CaptureSummary {
  const lists = new Set(
    samples.flatMap((sample) =>
      Object.entries(sample.lists).flatMap(([name, { status }]) => (status === 'read' ? [name] : [])),
    ),
  );
  return {
    failures: failuresIn(samples),
    hasPaths: samples.every((sample) => sample.lists['paths']?.status === 'read'),
    text:
      `${samples.length === 1 ? '1 sample' : `${samples.length} samples`} of ${lists.size} lists; values removed ` +
      `because they hold a secret, or might: ${removedSecrets}; IP addresses: ${addresses}. ` +
      'Look through it before you hand it on: names of streams and users are in it.',
  };
}
