export type { Age, HistoryAnswer } from '@mediamtx-monitor/types';
export type { Token } from './admission.ts';
export { MonitorError, type MonitorErrorCode, RequestError, type RequestErrorCode } from './errors.ts';
export type { HistoryRequest } from './history.ts';
export type {
  AlertsQuery,
  AvailabilityQuery,
  EventsQuery,
  KeptPage,
  NotificationsQuery,
  PageOf,
  ServersQuery,
  SessionsQuery,
  StreamsQuery,
} from './kept.ts';
export type { EventsTrimmed, HostAge, MonitorListeners, ServerAge } from './listeners.ts';
export type { TopicMessages } from './messages.ts';
export { monitorApi, type MonitorApi, type MonitorApiOptions } from './monitor-api.ts';
export { connectMonitor, type LiveMonitor, type Monitor, type MonitorOptions } from './monitor.ts';
export type {
  Aborter,
  BodyReader,
  Decoder,
  Fetch,
  HttpAnswer,
  Ports,
  RequestPorts,
  RequestDetail,
  Socket,
  SocketClose,
  SocketConstructor,
  Timers,
} from './ports.ts';
export type { Subscription } from './subscription.ts';
export type {
  ConnectionFailure,
  ConnectionFailureCode,
  MonitorState,
  Transport,
} from './connection-failure.ts';
