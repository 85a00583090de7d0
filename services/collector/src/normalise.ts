import type { AddressPrivacy } from '@mediamtx-monitor/types';
import { NO_DETAILS, type Observation, type PollResult } from './facts.ts';
import { asFields, asText, asTimeMs, type Fields } from './fields.ts';
import { normalisePath } from './paths/index.ts';
import {
  LIST_NAMES,
  type ListFailure,
  normaliseList,
  PROTOCOL_MODULES,
  readConnection,
} from './protocols/index.ts';

/** A version is short; readers of what is published take no message with a longer one. */
const MAX_VERSION = 200;

function versionIn(info: Fields | undefined): string | null {
  const version = asText(info?.['version'])?.trim().slice(0, MAX_VERSION) ?? '';
  return version === '' ? null : version;
}

/**
 * Turns an item of a list, as any MediaMTX version from 1.2.0 on sends it, into our fact: as soon as it comes, so that no
 * list is held as it came. `null` where it isn't what belongs there. Pure.
 */
export function readItem(list: string, item: unknown, privacy: AddressPrivacy): object | null {
  if (list === 'paths') return normalisePath(item);
  return list === 'info' ? asFields(item) : readConnection(list, item, privacy);
}

/** Turns what was read of all lists into an observation. Pure. */
export function normalise(poll: PollResult): Observation {
  const paths = normaliseList('paths', poll.paths, ({ name }) => name);
  const protocols = Object.values(PROTOCOL_MODULES).map((module) => module.normalise(poll));
  const info = normaliseList('info', poll.info, () => 'info');

  // A list may have been answered and yet be wrong, which only its normaliser sees.
  const failures = new Map<string, ListFailure>();
  for (const name of LIST_NAMES) {
    const outcome = poll[name];
    if (outcome.kind === 'failed') failures.set(name, outcome);
  }
  if (paths.kind === 'failed') failures.set('paths', paths);
  if (info.kind === 'failed') failures.set('info', info);
  for (const { list, connections } of protocols) {
    if (connections.kind === 'failed') failures.set(list, connections);
  }
  const missing = LIST_NAMES.filter((name) => failures.has(name));
  const [firstMissing] = missing;
  const failure = firstMissing === undefined ? undefined : failures.get(firstMissing);
  return {
    paths: paths.kind === 'facts' ? paths : null,
    protocols: protocols.map(({ protocol, connections }) => ({ protocol, connections })),
    details: NO_DETAILS,
    version: info.kind === 'facts' ? versionIn(info.facts[0]) : null,
    startedAtMs: info.kind === 'facts' ? asTimeMs(info.facts[0]?.['started']) : null,
    status: paths.kind === 'failed' ? paths.status : 'up',
    error: failure?.error ?? null,
    sourceError: failure?.sourceError,
    simulated: LIST_NAMES.some((name) => {
      const outcome = poll[name];
      return outcome.kind === 'items' && outcome.simulated;
    }),
    missing,
  };
}
