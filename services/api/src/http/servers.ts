import { collectedAtOf } from '@mediamtx-monitor/types';
import type { Feed } from '../feed/index.ts';
import type { Fleet, KnownHead, RecordFields, Tick } from '../tick/index.ts';
import { RefusedError } from './refusal.ts';
import type { RouteContext } from './route.ts';
import { chosenBy, choiceOf, type ServerChoice } from './server-choice.ts';
import { fromStore } from './store.ts';

const NONE: ReadonlySet<string> = new Set();
const MAX_SHOWN = 200;

/**
 * What is known of the server asked for, though it may be gone; or of all that aren't; of either only as far as they have
 * the labels asked for. Of a server that isn't known it's empty only while nothing is known of any.
 * @throws {RefusedError} `unknown-server`
 */
export async function fleetFor(feed: Feed, choice: ServerChoice): Promise<Fleet> {
  const chosen = choiceOf(feed, choice);
  const fleet = await feed.servers.current('streams', chosen);
  const { server } = choice;
  if (server === undefined) return fleet;
  if (isUnknown(feed, server)) throw unknownServer(feed, server);
  return feed.servers.all().of(server).where(chosen.isChosen);
}

/** Whether it can be told what there isn't: not while no server is known, or Redis is away. */
export function canTell({ servers, knowsAll }: Feed): boolean {
  return knowsAll && servers.heads.length > 0;
}

function isUnknown(feed: Feed, server: string): boolean {
  return canTell(feed) && !feed.servers.heads.some(({ subject }) => subject === server);
}

/**
 * Refuses a server that isn't known, of which no events tell, and nothing else either.
 * @param isKept whether anything else is kept of it
 * @throws {RefusedError} `unknown-server`, or one of `STORE_PROBLEMS`
 */
export async function assertServer(
  { feed }: Pick<RouteContext, 'feed'>,
  server: string,
  isKept: () => Promise<boolean> = () => Promise.resolve(false),
): Promise<void> {
  await feed.servers.currentHeads();
  if (!isUnknown(feed, server)) return;
  if (await fromStore(feed.kept.tellsOf(server))) return;
  if (!(await fromStore(isKept()))) throw unknownServer(feed, server);
}

function unknownServer({ servers }: Feed, server: string): RefusedError {
  return new RefusedError({
    code: 'unknown-server',
    detail: `There is no server "${server}"; there is: ${serverList(servers.heads)}.`,
  });
}

/**
 * As `fleetFor`, where there is nothing to answer without data. It is empty where no server has the labels asked for.
 * @throws {RefusedError} `unknown-server`, `no-data`
 */
export async function fleetWithData(feed: Feed, choice: ServerChoice): Promise<Fleet> {
  const fleet = await fleetFor(feed, choice);
  if (isUnread(feed, choice) || !isAnswerable(feed, fleet, choice)) throw noData(feed, choice);
  return fleet;
}

/** Whether there is anything to answer with: data, or that no server has the labels asked for. */
export function isAnswerable(feed: Feed, fleet: Fleet, { server, label }: ServerChoice): boolean {
  if (fleet.ticks.length > 0 || label === undefined) return hasData(fleet);
  return feed.servers.heads.some(
    ({ subject, head }) =>
      (server === undefined ? !feed.servers.isGone(subject) : subject === server) &&
      (head === null || collectedAtOf(head) !== null),
  );
}

/** Whether an answer about these servers would leave some out of which nothing is held, since Redis can't be read. */
export function isUnread(feed: Feed, choice: ServerChoice): boolean {
  return feed.servers.hasUnread('streams', { isChosen: chosenBy(feed, choice) });
}

/** Whether a path list of any of them was ever read. */
export function hasData({ ticks }: Fleet): boolean {
  return ticks.some((tick) => tick.hasData);
}

/** Refuses an answer about one server where none has the labels asked for. */
export function noneWithLabels({ servers }: Feed): RefusedError {
  return new RefusedError({
    code: 'unknown-server',
    detail: `No server has these labels; there is: ${serverList(servers.heads)}. GET /api/servers tells theirs.`,
  });
}

/** Ids for people. */
export function serverList(servers: readonly KnownHead[]): string {
  return servers.map(({ subject }) => subject).join(', ');
}

/** Refuses an answer that would have to be made up. */
export function noData(feed: Feed, choice: ServerChoice): RefusedError {
  return new RefusedError({
    code: 'no-data',
    detail: isUnread(feed, choice)
      ? 'Redis does not answer, and what it holds of these servers was not asked for in the last minute. Ask again in a moment.'
      : 'No collector has published a snapshot in the last day. Check that one runs and uses the same Redis.',
  });
}

/**
 * Servers that are silent, among several: headers can't say which part of an answer is old, so its records have to. Of
 * one alone they can.
 */
export function silentOf(feed: Feed, { ticks }: Fleet): ReadonlySet<string> {
  if (ticks.length < 2) return NONE;
  return new Set(ticks.filter((tick) => feed.isSilent(tick)).map((tick) => tick.subject));
}

/**
 * A tick's records, each with its server: a bare array's don't say it.
 * @param isSilent whether nobody knows any more how they are
 */
export function recordsOf(tick: Tick, isSilent = false): readonly RecordFields[] {
  const { subject: server } = tick;
  const records = isSilent ? tick.outdatedRecords : tick.records;
  return records.map((record) => (record['server'] === server ? record : { ...record, server }));
}

/** Those that have a stream of that name. */
export function ownersOf({ ticks }: Fleet, name: string): readonly Tick[] {
  return ticks.filter((tick) => tick.records.some((record) => record['name'] === name));
}

/**
 * The only server that has a stream of that name; one that is silent may have been renamed.
 * @throws {RefusedError} `unknown-stream`, or `server-required` where several have one
 */
export function ownerOf(feed: Feed, fleet: Fleet, name: string): Tick {
  const owners = ownersOf(fleet, name);
  const silent = silentOf(feed, fleet);
  const present = owners.filter((tick) => !silent.has(tick.subject));
  const [owner, ...others] = present.length > 0 ? present : owners;
  if (owner === undefined) {
    const servers = fleet.ticks.length === 0 ? 'any server with these labels' : serverList(fleet.ticks);
    throw new RefusedError({
      code: 'unknown-stream',
      detail: `No stream "${name.slice(0, MAX_SHOWN)}" on ${servers}. GET /api/streams lists what there is.`,
    });
  }
  if (others.length > 0) {
    throw new RefusedError({
      code: 'server-required',
      detail: `It is on several servers: ${serverList([owner, ...others])}. Add ?server= with one of them.`,
    });
  }
  return owner;
}
