import type { Age, EventsTrimmedMessage, MonitorEvent } from '@mediamtx-monitor/types';
import type { ConnectionFailure, MonitorState } from './connection-failure.ts';
import type { TopicMessages } from './messages.ts';

/** How old what is known of a server or host is, or of alerts. */
export interface ReportedAge extends Age {
  /** There only when nothing new has come of it for a day, or it was forgotten: it isn't part of the fleet any more. */
  readonly gone?: true;
}

/** How old a server's data is. */
export interface ServerAge extends ReportedAge {
  readonly server: string;
}

/** How old a host's data is. */
export interface HostAge extends ReportedAge {
  readonly host: string;
}

/** Events that are lost to a client. */
export type EventsTrimmed = Pick<EventsTrimmedMessage, 'after' | 'until'>;

/** What a program wants to hear. What a listener throws is reported as uncaught and disturbs nothing. */
export interface MonitorListeners {
  /** Each message of topic `streams`. The same tick may come again, with what is subscribed to then. */
  readonly onStreams?: (message: TopicMessages['streams']) => void;
  /** Each message of topic `servers`: how a server is, without its streams. */
  readonly onServers?: (message: TopicMessages['servers']) => void;
  /** Each message of topic `connections`. */
  readonly onConnections?: (message: TopicMessages['connections']) => void;
  /** Each message of topic `hosts`. */
  readonly onHosts?: (message: TopicMessages['hosts']) => void;
  /** Each message of topic `alerts`: all there are. `server` and `stream` leave none out. */
  readonly onAlerts?: (message: TopicMessages['alerts']) => void;
  /** Each event of topic `events`, once and in order, also across connections. */
  readonly onEvent?: (event: MonitorEvent) => void;
  /** Events were missed that aren't kept any more; those that follow come after. */
  readonly onEventsTrimmed?: (trimmed: EventsTrimmed) => void;
  /** When the staleness of a server is first known, at each change, and when it is gone; also without a connection. */
  readonly onStatus?: (age: ServerAge) => void;
  /** The same of a host, as long as topic `hosts` is subscribed to. */
  readonly onHostStatus?: (age: HostAge) => void;
  /** The same of topic `alerts`: stale where no alerter is at work. */
  readonly onAlertsStatus?: (age: ReportedAge) => void;
  readonly onState?: (state: MonitorState) => void;
  /** The API sent an error message, or something that can't be read. What it leads to is told by `onState`. */
  readonly onError?: (failure: ConnectionFailure) => void;
}
