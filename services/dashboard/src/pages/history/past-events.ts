import type { MonitorApi } from '@mediamtx-monitor/client';
import { happenedMs } from '@mediamtx-monitor/model';
import type { EventType, MonitorEvent } from '@mediamtx-monitor/types';
import { globOf } from '../../data/stream-glob.ts';
import type { PastTime } from './past.ts';
import type { PastSubject } from './subject.ts';

/** What happened in the time that is looked at. */
export interface SpanEvents {
  /** In order. */
  readonly events: readonly MonitorEvent[];
  /** Whether there are more than are read. */
  readonly isCut: boolean;
  readonly error: Error | undefined;
}

export const NO_EVENTS: SpanEvents = { events: [], isCut: false, error: undefined };

const OF_STREAM = [
  'stream.online',
  'stream.offline',
  'stream.stalled',
  'stream.recovered',
  'stream.restarted',
] as const satisfies readonly EventType[];
const OF_SERVER = [
  'server.unreachable',
  'server.reachable',
  'server.restarted',
  'server.unobserved',
] as const satisfies readonly EventType[];
const OF_ALERT = ['alert.firing', 'alert.resolved'] as const satisfies readonly EventType[];
/** More would be no marks, but a line. */
const MAX_EVENTS = 2_000;

type Questions = readonly Parameters<MonitorApi['events']>[0][];

/** Reads what happened to some subjects. @param isLeft whether nobody waits for it any more */
export async function readEvents(
  api: Pick<MonitorApi, 'events'>,
  subjects: readonly PastSubject[],
  { span, isOpen }: PastTime,
  isLeft: () => boolean,
): Promise<SpanEvents> {
  const time = {
    since: new Date(span.fromMs).toISOString(),
    ...(!isOpen && { until: new Date(span.toMs).toISOString() }),
  };
  const found = new Map<string, MonitorEvent>();
  for (const subject of subjects) {
    for (const question of questionsOf(subject)) {
      for await (const event of api.events({ ...time, ...question })) {
        if (isLeft() || found.size >= MAX_EVENTS) break;
        if (isAbout(event, subject)) found.set(event.id, event);
      }
    }
  }
  const events = [...found.values()].sort((a, b) => happenedMs(a) - happenedMs(b));
  return { events, isCut: found.size >= MAX_EVENTS, error: undefined };
}

/** A stream's own events, and those of the server it is on. */
function questionsOf(subject: PastSubject): Questions {
  switch (subject.kind) {
    case 'stream': {
      const { server, name } = subject;
      return [
        { server, type: [...OF_STREAM, ...OF_ALERT], stream: globOf(name) },
        { server, type: OF_SERVER },
      ];
    }
    case 'server':
      return [{ server: subject.server, type: [...OF_SERVER, ...OF_ALERT] }];
    case 'host':
      return [{ type: OF_ALERT }];
  }
}

/** A glob is wider than what it is meant for where a name is too long for one. */
function isAbout(event: MonitorEvent, subject: PastSubject): boolean {
  const stream = 'stream' in event ? event.stream : undefined;
  const host = 'host' in event ? event.host : undefined;
  switch (subject.kind) {
    case 'stream':
      return event.server === subject.server && (event.type.startsWith('server.') || stream === subject.name);
    case 'server':
      return event.server === subject.server && stream === undefined;
    case 'host':
      return host === subject.host;
  }
}
