import { type DroppedEntries, Outbox, type OutboxEntry, type OutboxOptions } from '@mediamtx-monitor/runtime';
import type { RedisNames, SessionRecord, StoredEvent } from '@mediamtx-monitor/types';

/** What is stored together: what happened, a session that ended, and what they make of the baseline. */
export interface StoredChange {
  readonly event: StoredEvent | null;
  readonly session: SessionRecord | null;
  readonly baseline: OutboxEntry['baseline'];
}

export interface EventOutboxOptions extends Omit<OutboxOptions, 'baselineKey' | 'replaceDropped'> {
  readonly names: RedisNames;
  readonly server: string;
}

/** The events and sessions of one server on their way into Redis. */
export class EventOutbox extends Outbox {
  readonly #names: RedisNames;

  constructor({ names, server, ...options }: EventOutboxOptions) {
    super({
      ...options,
      baselineKey: names.eventBaseline(server),
      replaceDropped: (dropped) => {
        const events = dropped.get(names.events);
        if (events === undefined) return null;
        return { key: names.events, json: JSON.stringify(trimmedEvent(server, events)) };
      },
    });
    this.#names = names;
  }

  /**
   * Puts changes behind those that wait.
   * @throws {Error} unless it has begun
   */
  addChanges(changes: readonly StoredChange[]): void {
    const { events, sessions } = this.#names;
    this.add(
      changes.map(({ event, session, baseline }) => ({
        appends: [
          ...(event === null ? [] : [{ key: events, json: JSON.stringify(event) }]),
          ...(session === null ? [] : [{ key: sessions, json: JSON.stringify(session) }]),
        ],
        baseline,
      })),
    );
  }
}

/** Tells of events that were dropped; it stands where they would, so its time is that of the last of them. */
function trimmedEvent(server: string, { count, first, last }: DroppedEntries): StoredEvent {
  const until = timeOf(last);
  return {
    type: 'events.trimmed',
    at: until,
    server,
    severity: 'warning',
    since: timeOf(first),
    unseenSince: null,
    cause: null,
    count,
    until,
  };
}

const timeOf = (json: string): string => (JSON.parse(json) as StoredEvent).at;
