import { type AssessedStream, assessStream, isIll, isResting } from '@mediamtx-monitor/model';
import type { Health, StreamRecord, StreamsMessage } from '@mediamtx-monitor/types';
import type { StreamId } from '../data/view.ts';

/** How something looks: `ok` is live and well, `rest` is in no trouble but not live either, and never green. */
export const LOOKS = ['ok', 'rest', 'warning', 'critical', 'unknown'] as const;
export type Look = (typeof LOOKS)[number];

/** The look of a stream. @param health as it is believed: `unknown` when its record is too old */
export function lookOf(health: Health, state: StreamRecord['state']): Look {
  if (isResting(health, state)) return 'rest';
  return state === 'unknown' && health === 'ok' ? 'unknown' : health;
}

/** A stream as lists show it. */
export interface ListedStream extends AssessedStream {
  /** `server/name`: unique, and what stands in links. */
  readonly key: string;
  /** Its name, after its server's where there are several. */
  readonly label: string;
  /** When all of this was so (RFC 3339, UTC): its server's newest message was published. */
  readonly asOf: string;
}

export function keyOf({ server, name }: StreamId): string {
  return `${server}/${name}`;
}

/** A stream's name; with its server's where there are several. */
export function displayName({ server, name }: StreamId, hasManyServers: boolean): string {
  return hasManyServers ? `${server} / ${name}` : name;
}

/** Streams of a server, and when that was so. */
export type ServerStreams = Pick<StreamsMessage, 'streams' | 'publishedAt'>;

/** Where a stream stands among all that came. */
interface StreamPlace {
  readonly key: string;
  readonly index: number;
}

/** Lists all streams of the fleet in the order people expect (`cam2` before `cam10`): by name, then by server. */
export class StreamLister {
  #last: readonly StreamRecord[] = [];
  #places: readonly StreamPlace[] = [];

  /**
   * @param messages newest streams of each server
   * @param staleServers their streams are of unknown health
   */
  list(
    messages: ReadonlyMap<string, ServerStreams>,
    staleServers: ReadonlySet<string>,
    hasManyServers = messages.size > 1,
  ): readonly ListedStream[] {
    const streams = [...messages.values()].flatMap((message) => message.streams);
    // Keys and their order are dear to make for thousands, and names seldom change.
    if (!haveSameNames(streams, this.#last)) this.#places = inOrder(streams.map(keyOf));
    this.#last = streams;
    const list: ListedStream[] = [];
    for (const { key, index } of this.#places) {
      const stream = streams[index];
      if (stream === undefined) continue;
      const asOf = messages.get(stream.server)?.publishedAt ?? stream.since;
      const label = displayName(stream, hasManyServers);
      const { health, reasons, stale } = assessStream(stream, staleServers.has(stream.server));
      list.push({ key, label, asOf, stream, health, reasons, stale });
    }
    return list;
  }
}

function haveSameNames(some: readonly StreamRecord[], others: readonly StreamRecord[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ server, name }, index) => others[index]?.name === name && others[index].server === server)
  );
}

function inOrder(keys: readonly string[]): readonly StreamPlace[] {
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  return keys
    .map((key, index) => ({ key, index }))
    .sort((a, b) => collator.compare(nameIn(a.key), nameIn(b.key)) || collator.compare(a.key, b.key));
}

function nameIn(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}

/** The greatest number that `urgency` gives. */
export const LEAST_URGENT = 4;

/** How much a stream needs someone's eye: 0 most. */
export function urgency({ health, stream }: ListedStream): number {
  if (health === 'critical') return 0;
  if (health === 'warning') return 1;
  if (health === 'unknown') return 2;
  return lookOf(health, stream.state) === 'rest' ? LEAST_URGENT : 3;
}

export function needsAttention({ health }: ListedStream): boolean {
  return isIll(health);
}

/**
 * Whether a stream is played only when someone asks for just that: a look at it would have the server fetch it, or have
 * its publisher started, or may. One that is live and of which nothing is said is there whether anyone looks or not.
 */
export function playsOnlyWhenAsked({ state, onDemand, pull }: StreamRecord): boolean {
  const isOnDemand = onDemand ?? pull?.onDemand ?? null;
  if (state !== 'live' || isOnDemand === true) return true;
  return isOnDemand === null && (pull ?? null) !== null;
}
