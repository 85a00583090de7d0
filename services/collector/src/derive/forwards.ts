import type { Forward } from '@mediamtx-monitor/types';
import type { Answered, ForwardFact } from '../facts.ts';
import type { ForwardMemory, ForwardsMemory } from './memory.ts';
import { ANSWER_COUNTS_MS } from './pull.ts';
import { megabitsPerSecond, rounded, sampleOf } from './samples.ts';

/** Where it can't be told whether anything is sent, a failure counts for so long. */
const FAILURE_COUNTS_MS = 60_000;

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

/** Goes on with what is remembered of a stream's forwards, which MediaMTX is asked for now and then. */
export function nextForwards(
  before: ForwardsMemory | null,
  answered: Answered<readonly ForwardFact[]> | undefined,
  isLive: boolean,
): ForwardsMemory | null {
  if (answered === undefined) return before;
  const { fact: facts, receivedAtMs } = answered;
  const forwards = facts.map((fact) => {
    const own = before?.forwards.find((one) => one.fact.id === fact.id);
    return nextForward(fact, own, receivedAtMs, isLive);
  });
  forwards.sort((a, b) => a.fact.position - b.fact.position);
  return { forwards, answeredAtMs: receivedAtMs };
}

const ratesCount = ({ answeredAtMs }: ForwardsMemory, isLive: boolean, nowMs: number): boolean =>
  isLive && nowMs - answeredAtMs <= ANSWER_COUNTS_MS;

/** What a record tells of a stream's forwards; rates only while it is live and the answer is recent. */
export function forwardsOf(
  memory: ForwardsMemory | null,
  isLive: boolean,
  nowMs: number,
): readonly Forward[] | null {
  if (memory === null) return null;
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
export function forwardedMbps(memory: ForwardsMemory | null, isLive: boolean, nowMs: number): number {
  if (memory === null || !ratesCount(memory, isLive, nowMs)) return 0;
  return memory.forwards.reduce((sum, { outboundMbps }) => sum + (outboundMbps ?? 0), 0);
}

/** How many forwards of a live stream fail; `null` = not known. */
export function failingForwards(memory: ForwardsMemory | null, isLive: boolean): number | null {
  if (!isLive) return 0;
  return memory === null ? null : memory.forwards.filter(({ isFailing }) => isFailing).length;
}

/** What MediaMTX says of the first forward that fails and of which it says anything. */
export function forwardError(memory: ForwardsMemory | null): string | null {
  return memory?.forwards.find(({ isFailing, error }) => isFailing && error !== null)?.error ?? null;
}
