import type { HistoryRequest } from '@mediamtx-monitor/client';
import { HISTORY, type HistoryKind } from '@mediamtx-monitor/types';
import type { StreamId } from '../../data/view.ts';

/** What history is looked at of. */
export type PastSubject =
  | ({ readonly kind: 'stream' } & StreamId)
  | { readonly kind: 'server'; readonly server: string }
  | { readonly kind: 'host'; readonly host: string };

/** Tells subjects apart; no name of a stream makes two of them alike. */
export function subjectKey(subject: PastSubject): string {
  switch (subject.kind) {
    case 'stream':
      return `stream ${subject.server}/${subject.name}`;
    case 'server':
      return `server ${subject.server}`;
    case 'host':
      return `host ${subject.host}`;
  }
}

/** How history of it is asked for. */
export function subjectRequest(subject: PastSubject): HistoryRequest {
  switch (subject.kind) {
    case 'stream':
      return { stream: subject.name, server: subject.server };
    case 'server':
      return { server: subject.server };
    case 'host':
      return { host: subject.host };
  }
}

/** The numbers that are kept of a kind, in the order in which they are shown. */
export function numbersOf(kind: HistoryKind): readonly string[] {
  return Object.keys(HISTORY[kind].fields);
}
