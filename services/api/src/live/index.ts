export type { LiveStats } from './clients.ts';
export { FILTER_PARAMETERS } from './filter.ts';
export { LiveEvents } from './sse/index.ts';
export { SOCKET_PATH, Sockets } from './ws/index.ts';
