import type { Protocol, Pull } from '@mediamtx-monitor/types';
import { protocolOfType, pullModuleOf } from '../protocols/index.ts';
import type { ReceivedFact, PathConfigurationFact, PathFact, StaticSourceFact } from '../facts.ts';
import type { PullMemory, StreamMemory } from './memory.ts';

/** An answer says nothing of now when it is older than this. */
export const ANSWER_COUNTS_MS = 60_000;
/** MediaMTX shows an error for 5 s and none for the next 10: it is kept for at least so long. */
const ERROR_STAYS_MS = 30_000;
/** Where nobody asks any more, an error is forgotten after so long. */
const ERROR_COUNTS_MS = 180_000;

const STATIC_SOURCE = /source$/i;

/** Whether a path's source is one that MediaMTX fetches itself. */
export function isPulled({ sourceType }: Pick<PathFact, 'sourceType'>): boolean {
  return sourceType !== null && STATIC_SOURCE.test(sourceType);
}

/** The protocol over which a stream comes, by the type of its publisher or static source; `null` for none of ours. */
export function sourceProtocolOf(type: string | null): Protocol | null {
  return type === null ? null : (pullModuleOf(type)?.protocol ?? protocolOfType(type));
}

/** Entries for many paths: MediaMTX takes a static source in one only on demand. */
const isForMany = (confName: string | null): boolean =>
  confName !== null && (confName.startsWith('~') || confName === 'all' || confName === 'all_others');

/** Whether a static source is fetched only while someone wants it; `null` = not known. */
export function sourceOnDemand(
  confName: string | null,
  configuration: PathConfigurationFact | undefined,
): boolean | null {
  return configuration?.sourceOnDemand ?? (isForMany(confName) ? true : null);
}

/**
 * Whether a stream comes only while someone wants it, be it pulled or published; `null` = not known. That of one which
 * isn't listed, or of which nothing is known just now, is as it was: it goes together with what was known of it.
 */
export function onDemandOf(
  confName: string | null,
  configuration: PathConfigurationFact | undefined,
  pull: Pull | null,
  before: Pick<StreamMemory, 'confName' | 'onDemand'> | undefined,
): boolean | null {
  if (configuration !== undefined) return configuration.sourceOnDemand || configuration.runOnDemand;
  if (pull !== null) return pull.onDemand;
  const isSameEntry = before !== undefined && (before.confName === null || before.confName === confName);
  return isSameEntry ? before.onDemand : null;
}

const NOTHING: PullMemory = { onDemand: null, state: null, answeredAtMs: 0, error: null, errorAtMs: 0 };
const NOTHING_BUT_ALWAYS: PullMemory = { ...NOTHING, onDemand: false };
const NOTHING_BUT_ON_DEMAND: PullMemory = { ...NOTHING, onDemand: true };

/** What is remembered where nothing was answered. */
function nothingBut(onDemand: boolean | null): PullMemory {
  if (onDemand === null) return NOTHING;
  return onDemand ? NOTHING_BUT_ON_DEMAND : NOTHING_BUT_ALWAYS;
}

/**
 * Goes on with what is remembered of a static source. Errors are forgotten once it brings media.
 * @param knownOnDemand whether it is on demand; `null` = as before, or not known
 */
export function nextPull(
  before: PullMemory | null,
  answered: ReceivedFact<StaticSourceFact> | undefined,
  knownOnDemand: boolean | null,
  isLive: boolean,
  nowMs: number,
): PullMemory {
  const onDemand = knownOnDemand ?? before?.onDemand ?? null;
  const error = isLive || before === null ? null : before.error;
  if (answered === undefined) {
    if (before === null || nowMs - before.answeredAtMs > ERROR_COUNTS_MS) return nothingBut(onDemand);
    return error === before.error && onDemand === before.onDemand ? before : { ...before, onDemand, error };
  }
  const { fact, receivedAtMs } = answered;
  const isNew = fact.error !== null && !isLive;
  const errorAtMs = isNew ? receivedAtMs : (before?.errorAtMs ?? receivedAtMs);
  const stays = fact.link === null && receivedAtMs - errorAtMs <= ERROR_STAYS_MS;
  return {
    onDemand,
    state: fact.state,
    answeredAtMs: receivedAtMs,
    error: isNew ? fact.error : stays ? error : null,
    errorAtMs,
  };
}

/** What a record tells of a static source. */
export function pullOf({ onDemand, state, error, answeredAtMs }: PullMemory, nowMs: number): Pull {
  return { onDemand, state: nowMs - answeredAtMs <= ANSWER_COUNTS_MS ? state : null, error };
}
