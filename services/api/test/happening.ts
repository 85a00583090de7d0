import { expect } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { MonitorEvent, StoredEvent } from '@mediamtx-monitor/types';
import type { Feed } from '../src/feed/index.ts';
import type { TestPublisher } from './publisher.ts';

/** What a numbered event says beside its number. */
export interface NumberedEvent {
  readonly server?: string;
  /** `null` for one that is about no stream. */
  readonly stream?: string | null;
  readonly padding?: string;
}

/** An event as a collector writes it down. */
export function storedEvent(changes: Partial<StoredEvent> = {}): StoredEvent {
  return {
    type: 'stream.online',
    at: '2026-01-01T00:00:00.000Z',
    server: 'main',
    severity: 'info',
    since: null,
    unseenSince: null,
    cause: null,
    stream: 'cam/1',
    sourceType: 'srtConn',
    expected: null,
    ...changes,
  } as StoredEvent;
}

/** An event that is known by its number, which is that of its id, too. */
export function numberedEvent(n: number, { server = 'main', stream = 'cam/1', padding }: NumberedEvent = {}) {
  const type = stream === null ? 'server.restarted' : 'stream.online';
  const base = { type, at: '2026-01-01T00:00:00.000Z', server, severity: 'info', since: null } as const;
  return {
    ...base,
    unseenSince: null,
    cause: null,
    ...(stream === null ? { version: null } : { stream, sourceType: null, expected: null }),
    n,
    ...(padding !== undefined && { padding }),
  };
}

/** The message about it. */
export function messageAbout(n: number, detail: NumberedEvent = {}) {
  return { type: 'events', v: 1, events: [{ id: `${n}-0`, ...numberedEvent(n, detail) }] };
}

/** Numbers of the events in what was received. */
export function numbersIn(messages: readonly unknown[]): number[] {
  return (
    messages as readonly { readonly events?: readonly (MonitorEvent & { readonly n: number })[] }[]
  ).flatMap(({ events = [] }) => events.map(({ n }) => n));
}

/** Whole numbers from one to another. */
export function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** Writes events to Redis as a collector does, with ids that a test can name. */
export function happening({ publisher }: { readonly publisher: TestPublisher }, feed?: Feed) {
  const { redis, names } = publisher;
  const write = async (entries: readonly (readonly [id: string, value: unknown])[]): Promise<void> => {
    const pipeline = redis.pipeline();
    for (const [id, value] of entries) pipeline.xadd(names.events, id, 'json', JSON.stringify(value));
    for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) throw error;
  };
  /** Events of these numbers; resolves when the feed has them, where there is one. */
  const add = async (all: readonly number[], detail: NumberedEvent = {}): Promise<void> => {
    await write(all.map((n) => [`${n}-0`, numberedEvent(n, detail)]));
    const last = all.at(-1);
    if (feed === undefined || last === undefined) return;
    await eventually(() => {
      expect(feed.log('events')?.newestId).toBe(`${last}-0`);
    });
  };
  return { add, write };
}
