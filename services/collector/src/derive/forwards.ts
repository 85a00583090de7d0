import { rounded } from '@mediamtx-monitor/model';
import type { Forward } from '@mediamtx-monitor/types';
import type { ReceivedFact, ForwardFact, PathDetails } from '../facts.ts';
import type { ForwardMemory, ForwardsMemory, StreamMemory } from './memory.ts';
import { ANSWER_COUNTS_MS } from './pull.ts';
import { megabitsPerSecond, sampleOf } from '../samples.ts';

/** Where it can't be told whether anything is sent, a failure counts for so long. */
const FAILURE_COUNTS_MS = 60_000;
/** A live stream's forwards are asked for every ten minutes at least: where they weren't, nobody can any more. */
const OUTDATED_MS = 660_000;
/** So many forwards of a server are remembered: all of them are published in each tick. */
const MAX_FORWARDS = 5_000;

/** Whether a forward was seen sending; `null` = that can't be told. */
function isSending(fact: ForwardFact, before: ForwardMemory | undefined): boolean | null {
  if (fact.remoteAddr !== null) return true;
  const was = before?.sample ?? null;
  if (fact.outboundBytes === null || was === null) return null;
  return fact.outboundBytes > was.value;
}

function nextForward(
  fact: ForwardFact,
  before: ForwardMemory | undefined,
  receivedAtMs: number,
  isLive: boolean,
): ForwardMemory {
  const sample = sampleOf(fact.outboundBytes, receivedAtMs);
  const outboundMbps = rounded(megabitsPerSecond(before?.sample ?? null, sample), 3);
  // While its stream isn't live a forward is idle and may still show its last error.
  const fails = isLive && fact.state !== 'idle' && (fact.state === 'error' || fact.error !== null);
  if (fails) {
    const error = fact.error ?? before?.error ?? null;
    return { fact, sample, outboundMbps, isFailing: true, failedAtMs: receivedAtMs, error };
  }
  const failedAtMs = before?.failedAtMs ?? receivedAtMs;
  const sends = isSending(fact, before);
  const isOver = !isLive || (sends ?? receivedAtMs - failedAtMs > FAILURE_COUNTS_MS);
  const isFailing = before?.isFailing === true && !isOver;
  return { fact, sample, outboundMbps, isFailing, failedAtMs, error: isFailing ? before.error : null };
}

/** A forward of which is known only that it was there. */
function outdated(forward: ForwardMemory): ForwardMemory {
  const fact = { ...forward.fact, state: null, error: null };
  return { ...forward, fact, sample: null, outboundMbps: null, isFailing: false, error: null };
}

/** What is remembered of a stream's forwards while there is no answer. */
function unanswered(before: ForwardsMemory | null, nowMs: number): ForwardsMemory {
  if (before === null) return { forwards: null, answeredAtMs: nowMs, isOutdated: false };
  if (before.isOutdated || nowMs - before.answeredAtMs <= OUTDATED_MS) return before;
  const { forwards, answeredAtMs } = before;
  return { forwards: forwards?.map(outdated) ?? null, answeredAtMs, isOutdated: true };
}

/** Goes on with what is remembered of a stream's forwards, which MediaMTX is asked for now and then. */
export function nextForwards(
  before: ForwardsMemory | null,
  answered: ReceivedFact<readonly ForwardFact[]> | undefined,
  isLive: boolean,
  nowMs: number,
): ForwardsMemory {
  if (answered === undefined) return unanswered(before, nowMs);
  const { fact: facts, receivedAtMs } = answered;
  const known = new Map(before?.forwards?.map((forward) => [forward.fact.id, forward]));
  const forwards = facts.map((fact) => nextForward(fact, known.get(fact.id), receivedAtMs, isLive));
  forwards.sort((a, b) => a.fact.position - b.fact.position);
  return { forwards, answeredAtMs: receivedAtMs, isOutdated: false };
}

/** The streams without the forwards of those that were answered the longest ago, where there are too many in all. */
export function boundedForwards(
  streams: ReadonlyMap<string, StreamMemory>,
  answers: PathDetails['forwards'],
): ReadonlyMap<string, StreamMemory> {
  const held: { name: string; stream: StreamMemory; count: number; answeredAtMs: number }[] = [];
  let room = MAX_FORWARDS;
  let wanted = 0;
  for (const { fact } of answers.values()) room -= fact.length;
  for (const [name, stream] of streams) {
    const count = stream.forwards?.forwards?.length ?? 0;
    if (stream.forwards === null || count === 0 || answers.has(name)) continue;
    held.push({ name, stream, count, answeredAtMs: stream.forwards.answeredAtMs });
    wanted += count;
  }
  if (wanted <= room) return streams;
  const bounded = new Map(streams);
  held.sort((a, b) => b.answeredAtMs - a.answeredAtMs);
  for (const { name, stream, count, answeredAtMs } of held) {
    room -= count;
    if (room >= 0) continue;
    bounded.set(name, { ...stream, forwards: { forwards: null, answeredAtMs, isOutdated: false } });
  }
  return bounded;
}

const ratesCount = ({ answeredAtMs }: ForwardsMemory, isLive: boolean, nowMs: number): boolean =>
  isLive && nowMs - answeredAtMs <= ANSWER_COUNTS_MS;

/** What a record tells of a stream's forwards; rates only while it is live and the answer is recent. */
export function forwardsOf(
  memory: ForwardsMemory,
  isLive: boolean,
  nowMs: number,
): readonly Forward[] | null {
  if (memory.forwards === null) return null;
  const hasRates = ratesCount(memory, isLive, nowMs);
  return memory.forwards.map(({ fact, outboundMbps, error }) => ({
    position: fact.position,
    protocol: fact.protocol,
    state: fact.state,
    error: fact.error ?? error,
    remoteAddr: fact.remoteAddr,
    outboundBytes: fact.outboundBytes,
    outboundMbps: hasRates ? outboundMbps : null,
  }));
}

/** What is sent to all forwards whose rate is known, decimal Mbit/s. */
export function forwardedMbps(memory: ForwardsMemory, isLive: boolean, nowMs: number): number {
  if (memory.forwards === null || !ratesCount(memory, isLive, nowMs)) return 0;
  return memory.forwards.reduce((sum, { outboundMbps }) => sum + (outboundMbps ?? 0), 0);
}

/** How many forwards of a live stream fail, as far as that can be told; `null` = not known yet. */
export function failingForwards({ forwards, isOutdated }: ForwardsMemory, isLive: boolean): number | null {
  if (!isLive || isOutdated) return 0;
  return forwards === null ? null : forwards.filter(({ isFailing }) => isFailing).length;
}

/** What MediaMTX says of the first forward that fails and of which it says anything. */
export function forwardError({ forwards }: ForwardsMemory): string | null {
  return forwards?.find(({ isFailing, error }) => isFailing && error !== null)?.error ?? null;
}
