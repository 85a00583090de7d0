import type {
  AlertsAnswer,
  AvailabilityReport,
  HistoryAnswer,
  MonitorEvent,
  NotificationEntry,
  Requester,
  SessionRecord,
  SilenceRequest,
  StreamRecord,
} from '@mediamtx-monitor/types';
import type { Token } from './admission.ts';
import { AlertChanges } from './alert-changes.ts';
import type { ApiOptions } from './api-request.ts';
import type { HistoryRequest } from './history.ts';
import {
  type AlertsQuery,
  type AvailabilityQuery,
  type EventsQuery,
  type KeptPage,
  KeptReader,
  type NotificationsQuery,
  type PageOf,
  type SessionsQuery,
  type StreamsQuery,
} from './kept.ts';
import { pageOrigin, requestPortsOf } from './platform.ts';
import type { RequestPorts } from './ports.ts';
import { baseUrl } from './url.ts';

/** What the API is asked, beside what is subscribed to: what was, and changes. */
export interface MonitorApi {
  /**
   * How a stream, server or host was.
   * Rejects with a `RequestError`, as all that is asked for, or a `MonitorError` (`no-fetch`) where there is no fetch.
   */
  readonly history: (request: HistoryRequest) => Promise<HistoryAnswer>;
  /**
   * What happened, in order, from a time or behind a cursor up to now; from the beginning of what is kept unless said.
   * Those that happen from then on are told to `onEvent`: subscribe to topic `events` with the last one's id as `cursor`.
   * @throws {RequestError} as it is read
   */
  readonly events: (query?: EventsQuery) => AsyncGenerator<MonitorEvent>;
  /**
   * Who was there: closed sessions in the order in which they ended, then those that are open.
   * @throws {RequestError} as it is read
   */
  readonly sessions: (query?: SessionsQuery) => AsyncGenerator<SessionRecord>;
  /** One page of each: without `since` the newest. Rejects with a `RequestError`, as those below. */
  readonly eventsPage: (query?: PageOf<EventsQuery>) => Promise<KeptPage<MonitorEvent>>;
  readonly sessionsPage: (query?: PageOf<SessionsQuery>) => Promise<KeptPage<SessionRecord>>;
  /** All sessions of a time as CSV, with a line of names. */
  readonly sessionsCsv: (query?: Omit<SessionsQuery, 'onTrimmed'>) => Promise<string>;
  readonly availabilityCsv: (query?: AvailabilityQuery) => Promise<string>;
  /**
   * How streams ran.
   * @throws {RequestError} rejects with it
   */
  readonly availability: (query?: AvailabilityQuery) => Promise<AvailabilityReport>;
  /**
   * Streams as they are now, found by a part of their names.
   * @throws {RequestError} rejects with it
   */
  readonly streams: (query?: StreamsQuery) => Promise<readonly StreamRecord[]>;
  /**
   * What is wrong now, and who is told of it; `stale` where no alerter is at work.
   * @throws {RequestError} rejects with it
   */
  readonly alerts: (query?: AlertsQuery) => Promise<AlertsAnswer>;
  /**
   * What became of messages to targets, in order, up to now; from the beginning of what is kept unless said.
   * @throws {RequestError} as it is read
   */
  readonly notifications: (query?: NotificationsQuery) => AsyncGenerator<NotificationEntry>;
  /**
   * Who asks with this token, and whether they may do what follows.
   * @throws {RequestError} rejects with it
   */
  readonly me: () => Promise<Requester>;
  /**
   * Has nobody told of some alerts for a while, and resolves with the id of the silence. This and what follows want a token
   * whose name stands in API_OPERATORS; all reject with a `RequestError`.
   */
  readonly addSilence: (request: SilenceRequest) => Promise<string>;
  readonly endSilence: (id: string) => Promise<void>;
  /** Takes an alert on: nobody is told of it again until it ends. */
  readonly acknowledge: (alert: string, comment?: string) => Promise<void>;
  /** Sends a test to a target: one a minute. */
  readonly testTarget: (name: string) => Promise<void>;
  /** Sends again what could not be delivered, by the id of the notification. */
  readonly replay: (notification: string) => Promise<void>;
}

/** What is asked, and who asks. */
export interface MonitorApiOptions extends Partial<RequestPorts> {
  /** Where the API is (`https://host:port`, perhaps with a path); empty for the page's own origin. */
  readonly url: string;
  /** Only where the API wants one. It is sent in a header only. */
  readonly token?: Token;
}

/**
 * Asks the API, without a connection that stays.
 * @throws {MonitorError} `invalid-url`
 */
export function monitorApi({ url, token, ...given }: MonitorApiOptions): MonitorApi {
  return apiOf({ base: baseUrl(url, pageOrigin()), token, ports: requestPortsOf(given) });
}

/** The same, of parts that are checked. */
export function apiOf(options: ApiOptions): MonitorApi {
  const kept = new KeptReader(options);
  const changes = new AlertChanges(options);
  return {
    history: (request) => kept.history(request),
    events: (query = {}) => kept.events(query),
    sessions: (query = {}) => kept.sessions(query),
    eventsPage: (query = {}) => kept.eventsPage(query),
    sessionsPage: (query = {}) => kept.sessionsPage(query),
    sessionsCsv: (query = {}) => kept.sessionsCsv(query),
    availabilityCsv: (query = {}) => kept.availabilityCsv(query),
    availability: (query = {}) => kept.availability(query),
    streams: (query = {}) => kept.streams(query),
    alerts: (query = {}) => kept.alerts(query),
    notifications: (query = {}) => kept.notifications(query),
    me: () => changes.me(),
    addSilence: (request) => changes.addSilence(request),
    endSilence: (id) => changes.endSilence(id),
    acknowledge: (alert, comment) => changes.acknowledge(alert, comment),
    testTarget: (name) => changes.testTarget(name),
    replay: (notification) => changes.replay(notification),
  };
}
