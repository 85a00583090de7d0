export type { Token } from './admission.ts';
export type { ServerAge } from './ages.ts';
export { MonitorError, type MonitorErrorCode } from './errors.ts';
export type { TopicMessages } from './messages.ts';
export { connectMonitor, type Monitor, type MonitorListeners, type MonitorOptions } from './monitor.ts';
export type {
  Aborter,
  Fetch,
  HttpAnswer,
  Ports,
  RequestDetail,
  Socket,
  SocketClose,
  SocketConstructor,
  Timers,
} from './ports.ts';
export type { Subscription } from './subscription.ts';
export type { MonitorState, Trouble, TroubleCode } from './trouble.ts';
