export type { LiveStats } from './clients.ts';
export { FILTER_PARAMETERS } from './filter.ts';
export { ServerSentEvents } from './sse/server-sent-events.ts';
export { SOCKET_PATH, Sockets } from './ws/sockets.ts';
