export { SOCKET_PATH, Sockets } from './sockets.ts';
