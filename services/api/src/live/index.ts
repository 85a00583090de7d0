export type { LiveStats } from './clients.ts';
export { FILTER_PARAMETERS } from './filter.ts';
export { EVENTS_PATH, LiveEvents } from './sse/index.ts';
export { SOCKET_PATH, Sockets, upgradeRequired } from './ws/index.ts';
