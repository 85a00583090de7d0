import {
  recordedBody,
  recordedList,
  type RecordedPhase,
  type RecordedVersion,
} from '@mediamtx-monitor/testkit';
import { type Observation } from '../../src/facts.ts';
import { normalise, type RawPoll } from '../support/polls.ts';
import { LIST_NAMES, type ListName, type ListOutcome } from '../../src/protocols/index.ts';

function outcomeOf(list: ListName, text: string | undefined, receivedAtMs: number): ListOutcome {
  if (text === undefined) return { kind: 'off' };
  const body = JSON.parse(text) as { items?: unknown[] };
  const items = list === 'info' ? [body] : (body.items ?? []);
  return { kind: 'items', items, receivedAtMs, simulated: false };
}

function observe(textOf: (list: ListName) => string | undefined, receivedAtMs: number): Observation {
  const poll = Object.fromEntries(
    LIST_NAMES.map((list) => [list, outcomeOf(list, textOf(list), receivedAtMs)]),
  ) as RawPoll;
  return normalise(poll, 'full');
}

/** What a recorded server showed, through the normaliser. */
export function recordedObservation(
  version: RecordedVersion,
  phase: RecordedPhase,
  receivedAtMs = 0,
): Observation {
  return observe((list) => recordedList(version, list, phase), receivedAtMs);
}

/** Step 0 to 3 of the recording of 1.20.1 with lost packets. */
export function lossyObservation(step: number, receivedAtMs: number): Observation {
  const lists: readonly ListName[] = ['paths', 'srtconns'];
  return observe((list) => {
    if (list === 'info') return recordedBody('1.20.1', 'info.t0.json');
    return lists.includes(list) ? recordedBody('1.20.1', `srt_loss/${list}.t${step}.json`) : undefined;
  }, receivedAtMs);
}

/** The paths of 1.20.1 in rarer states. */
export function rareStatesObservation(): Observation {
  return observe(
    (list) => (list === 'paths' ? recordedBody('1.20.1', 'extra/states_paths.json') : undefined),
    0,
  );
}
