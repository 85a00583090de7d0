export { SOCKET_PATH, Sockets, upgradeRequired } from './sockets.ts';
