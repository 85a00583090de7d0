import { ChangedMap } from '../changed-map.ts';
import { isoTime } from '../iso-time.ts';
import type { EndedMessage } from '../ended-message.ts';
import {
  type AlerterState,
  type AlertMoment,
  MAX_RETRY_AFTER_MS,
  type Queued,
  type StoredTarget,
  type TargetMessage,
  type TryResult,
} from '../model.ts';
import { goneMessage, messageHead, queued } from './message.ts';

/** The state, and what became of messages by that. */
export interface StateWithEnded {
  readonly state: AlerterState;
  readonly ended: readonly EndedMessage[];
}

/** Waits after the first failures, in ms; after those that follow; and once a message is old. */
const FIRST_WAITS_MS = [5_000, 10_000, 20_000, 40_000];
const NEXT_WAIT_MS = 60_000;
const OLD_MS = 600_000;
const OLD_WAIT_MS = 300_000;
/** So long a message is tried. */
const GIVEN_UP_MS = 86_400_000;

/** Takes how tries went. What isn't in its target's queue any more is passed over. */
export function takeResults(
  state: AlerterState,
  results: readonly TryResult[],
  moment: AlertMoment,
  newId: () => string,
): StateWithEnded {
  const targets = new ChangedMap(state.targets);
  const ended: EndedMessage[] = [];
  for (const result of results) {
    const target = targets.now.get(result.target);
    const tried = target?.queue.find(({ message }) => message.id === result.messageId);
    if (target === undefined || tried === undefined) continue;
    if (result.outcome === 'gone') {
      ended.push(...deadLetters(target, result.error, moment, tried));
      targets.set(target.name, { ...target, queue: [], error: result.error, isDisabled: true });
      for (const other of targets.now.values()) {
        if (!other.isDisabled) targets.set(other.name, withGone(other, target.name, moment, newId));
      }
    } else {
      const { kept, end } = afterTry(tried, result, moment);
      if (end !== null && !isSignOfLife(end)) ended.push(end);
      targets.set(target.name, {
        ...target,
        queue: target.queue.flatMap((one) => (one === tried ? kept : one)),
        error: result.error,
        told: result.told ?? target.told,
        ...(result.outcome === 'delivered' ? { deliveredAt: isoTime(moment.wallMs) } : {}),
      });
    }
  }
  return { state: targets.now === state.targets ? state : { ...state, targets: targets.now }, ended };
}

/** All that waits for a target, which isn't tried any more. @param tried what has been tried once more just now */
export function deadLetters(
  { queue }: StoredTarget,
  error: string | null,
  moment: AlertMoment,
  tried: Queued | null = null,
): readonly EndedMessage[] {
  return queue.map((one) => endOf(one.message, 'dead', one.tries + (one === tried ? 1 : 0), error, moment));
}

/** The target with a message that another one is gone. */
function withGone(
  target: StoredTarget,
  gone: string,
  moment: AlertMoment,
  newId: () => string,
): StoredTarget {
  const message = goneMessage(messageHead(newId(), target.name, moment), gone);
  return { ...target, queue: [...target.queue, queued(message, moment)] };
}

/** Either it is tried again, or that was the end of it. */
function afterTry(
  { message, ...tried }: Queued,
  { outcome, error, retryAfterMs }: TryResult,
  moment: AlertMoment,
): { readonly kept: readonly Queued[]; readonly end: EndedMessage | null } {
  const tries = tried.tries + 1;
  if (outcome === 'delivered') return { kept: [], end: endOf(message, outcome, tries, null, moment) };
  const ageMs = moment.atMs - tried.queuedAtMs;
  // Who wants to see whether a test arrives has seen it.
  if (message.kind === 'test' || ageMs >= GIVEN_UP_MS) {
    return { kept: [], end: endOf(message, 'dead', tries, error, moment) };
  }
  const waitMs = Math.max(waitAfter(tries, ageMs), Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS));
  return { kept: [{ ...tried, message, tries, nextTryAtMs: moment.atMs + waitMs }], end: null };
}

function waitAfter(tries: number, ageMs: number): number {
  if (ageMs >= OLD_MS) return OLD_WAIT_MS;
  return FIRST_WAITS_MS[tries - 1] ?? NEXT_WAIT_MS;
}

function endOf(
  message: TargetMessage,
  outcome: EndedMessage['outcome'],
  tries: number,
  error: string | null,
  { wallMs }: AlertMoment,
): EndedMessage {
  return { message, outcome, tries, error, at: isoTime(wallMs) };
}

/** Each minute an Alertmanager hears that nothing is new: nobody has to know that it did. */
function isSignOfLife({ outcome, message }: EndedMessage): boolean {
  const { kind, firedCount, repeatedCount, resolvedCount } = message;
  return outcome === 'delivered' && kind === 'alerts' && firedCount + repeatedCount + resolvedCount === 0;
}
