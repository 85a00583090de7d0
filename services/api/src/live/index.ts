export type { LiveStats } from './clients.ts';
export { FILTER_PARAMETERS } from './filter.ts';
export { EVENTS_PATH, LiveEvents } from './sse/live-events.ts';
export { SOCKET_PATH, Sockets, upgradeRequired } from './ws/sockets.ts';
