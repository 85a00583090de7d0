import { ChangedMap } from '../changed-map.ts';
import { isoTime } from '../iso-time.ts';
import type { AlerterState, AlertMoment, EndedMessage, Queued, StoredTarget, TryResult } from '../model.ts';
import { goneMessage, messageHead, queued } from './message.ts';

/** The state, and what became of messages by that. */
export interface StateWithEnded {
  readonly state: AlerterState;
  readonly ended: readonly EndedMessage[];
}

/** Waits after the first failures, in ms; after those that follow, and once a message is as old as that. */
const FIRST_WAITS_MS = [5_000, 10_000, 20_000, 40_000];
const NEXT_WAIT_MS = 60_000;
const OLD_MS = 600_000;
const OLD_WAIT_MS = 300_000;
/** So long a message is tried. */
const GIVEN_UP_MS = 86_400_000;
const MAX_RETRY_AFTER_MS = 3_600_000;

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
      ended.push(...deadLetters(target, result.error ?? GONE, moment, tried));
      targets.set(target.name, { ...target, queue: [], error: result.error, isDisabled: true });
      for (const other of targets.now.values()) {
        if (other.isDisabled) continue;
        const message = goneMessage(messageHead(newId(), other.name, moment), target.name);
        targets.set(other.name, { ...other, queue: [...other.queue, queued(message, moment)] });
      }
      continue;
    }
    const { next, end } = afterTry(tried, result, moment);
    if (end !== null) ended.push(end);
    targets.set(target.name, {
      ...target,
      queue: target.queue.flatMap((one) => (one === tried ? (next ?? []) : one)),
      error: result.error,
      ...(result.outcome === 'delivered' ? { deliveredAt: isoTime(moment.wallMs) } : {}),
    });
  }
  return { state: targets.now === state.targets ? state : { ...state, targets: targets.now }, ended };
}

const GONE = 'the target does not exist any more';

/** All that waits for a target, which isn't tried any more. @param tried what has been tried once more just now */
export function deadLetters(
  { queue }: StoredTarget,
  error: string,
  { wallMs }: AlertMoment,
  tried: Queued | null = null,
): readonly EndedMessage[] {
  return queue.map((one) => ({
    message: one.message,
    outcome: 'dead',
    tries: one.tries + (one === tried ? 1 : 0),
    error,
    at: isoTime(wallMs),
  }));
}

/** Either it is tried again, or that was the end of it. */
function afterTry(tried: Queued, { outcome, error, retryAfterMs }: TryResult, { atMs, wallMs }: AlertMoment) {
  const { message } = tried;
  const tries = tried.tries + 1;
  const at = isoTime(wallMs);
  if (outcome === 'delivered') {
    const end: EndedMessage = { message, outcome, tries, error: null, at };
    return { next: null, end };
  }
  const ageMs = atMs - tried.queuedAtMs;
  // Whoever wants to see whether a test arrives has seen it.
  if (message.kind === 'test' || ageMs >= GIVEN_UP_MS) {
    const end: EndedMessage = { message, outcome: 'dead', tries, error, at };
    return { next: null, end };
  }
  const waitMs = Math.max(waitAfter(tries, ageMs), Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS));
  return { next: { ...tried, tries, nextTryAtMs: atMs + waitMs }, end: null };
}

function waitAfter(tries: number, ageMs: number): number {
  if (ageMs >= OLD_MS) return OLD_WAIT_MS;
  return FIRST_WAITS_MS[tries - 1] ?? NEXT_WAIT_MS;
}
