import {
  type RecordedPhase,
  type RecordedVersion,
  recordedBody,
  recordedList,
} from '@mediamtx-monitor/testkit';
import type { AddressPrivacy, Protocol } from '@mediamtx-monitor/types';
import type { ReadListOptions } from '../../src/poll/read-list.ts';
import type { Observation, PathFact, PollResult } from '../../src/facts.ts';
import { normalise as normaliseRead, readItem } from '../../src/normalise.ts';
import {
  type ConnectionFact,
  LIST_NAMES,
  type ListName,
  type ListOutcome,
} from '../../src/protocols/index.ts';

/** Lists of connections that are told apart by their ids; the others go with one of them. */
export const LEADING_LISTS: readonly ListName[] = [
  'srtconns',
  'rtspsessions',
  'rtspssessions',
  'rtmpconns',
  'rtmpsconns',
  'hlssessions',
  'webrtcsessions',
  'moqsessions',
];

/** A poll whose lists have their items as MediaMTX sends them. */
export type RawPoll = Readonly<Record<ListName, ListOutcome>>;

/** What is read of the items of a list, as they come. */
export function readOutcome(
  list: ListName,
  outcome: ListOutcome,
  privacy: AddressPrivacy = 'full',
): ListOutcome {
  if (outcome.kind !== 'items') return outcome;
  return { ...outcome, items: outcome.items.map((item) => readItem(list, item, privacy)) };
}

/** What reading a list comes to that is answered so. */
export function answerOf(list: ListName, raw: ListOutcome, { onItem }: ReadListOptions = {}): ListOutcome {
  if (raw.kind === 'items') for (const item of raw.items) onItem?.(item);
  return readOutcome(list, raw);
}

/** How the collector reads an item, addresses included. */
export const readFully = (list: string, item: unknown): unknown => readItem(list, item, 'full');

/** The observation that a raw poll makes. */
export function normalise(poll: RawPoll, privacy: AddressPrivacy): Observation {
  const read = LIST_NAMES.map((list) => [list, readOutcome(list, poll[list], privacy)]);
  return normaliseRead(Object.fromEntries(read) as PollResult);
}

/** A raw item of a list. */
export type RawItem = Readonly<Record<string, unknown>>;

export const RECEIVED_AT_MS = 1_000;
export const OFF: ListOutcome = { kind: 'off' };
export const FAILED: ListOutcome = { kind: 'failed', status: 'timeout', error: 'no answer' };

/** A list that was answered with these items. */
export const items = (...list: readonly unknown[]): ListOutcome => ({
  kind: 'items',
  items: list,
  receivedAtMs: RECEIVED_AT_MS,
  simulated: false,
});

/** A poll in which all but the given lists are off; the path list is empty. */
export function pollOf(lists: Partial<RawPoll>): RawPoll {
  const outcomes = LIST_NAMES.map((list) => [list, list === 'paths' ? items() : OFF] as const);
  // Every list has its outcome.
  return { ...(Object.fromEntries(outcomes) as RawPoll), ...lists };
}

/** The items of a recorded body: those of a list, or the one object of `info`. */
export function itemsOf(body: string): RawItem[] {
  const value = JSON.parse(body) as RawItem & { items?: RawItem[] };
  return value.items ?? [value];
}

/** The raw items of a recorded list; none where that version hasn't got it. */
export function recordedItems(
  version: RecordedVersion,
  list: ListName,
  phase: RecordedPhase = 't0',
): RawItem[] {
  const body = recordedList(version, list, phase);
  return body === undefined ? [] : itemsOf(body);
}

/** A poll of a recorded server. */
export function recordedPoll(version: RecordedVersion, phase: RecordedPhase = 't0'): RawPoll {
  const recorded = LIST_NAMES.filter((list) => recordedList(version, list, phase) !== undefined);
  return pollOf(
    Object.fromEntries(recorded.map((list) => [list, items(...recordedItems(version, list, phase))])),
  );
}

/** The poll of 1.20.1 in bodies that were recorded apart: `extra/<prefix><list>.json`. */
export function extraPoll(prefix: string, lists: readonly ListName[]): RawPoll {
  return pollOf(
    Object.fromEntries(
      lists.map((list) => [list, items(...itemsOf(recordedBody('1.20.1', `extra/${prefix}${list}.json`)))]),
    ),
  );
}

/** The connections of a protocol in a poll. */
export function connectionsOf(
  poll: RawPoll,
  protocol: Protocol,
  privacy: AddressPrivacy = 'full',
): readonly ConnectionFact[] {
  const found = normalise(poll, privacy).protocols.find((facts) => facts.protocol === protocol);
  if (found?.connections.kind !== 'facts') throw new Error(`no facts about ${protocol}`);
  return found.connections.facts;
}

/** The only connection that a list with only this item shows; the list's protocol is `protocol`. */
export function connectionOf(
  list: ListName,
  protocol: Protocol,
  item: RawItem,
  lists: Partial<RawPoll> = {},
) {
  const [only, ...others] = connectionsOf(pollOf({ ...lists, [list]: items(item) }), protocol);
  if (only === undefined || others.length > 0) throw new Error('not one connection');
  return only;
}

/** The stream of that name in a poll. */
export function pathOf(poll: RawPoll, name: string): PathFact {
  const found = normalise(poll, 'full').paths?.facts.find((path) => path.name === name);
  if (found === undefined) throw new Error(`no path ${name}`);
  return found;
}

/** What a list with only this path shows. */
export const onlyPath = (fields: RawItem): PathFact =>
  pathOf(pollOf({ paths: items({ name: 'cam', ...fields }) }), 'cam');
