export type { LiveStats } from './clients.ts';
export { FILTER_PARAMETERS } from './filter.ts';
export { LiveEvents } from './sse/live-events.ts';
export { SOCKET_PATH, Sockets } from './ws/sockets.ts';
