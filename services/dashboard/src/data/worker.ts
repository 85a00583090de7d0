import { type SocketCommand, SocketRelay } from './worker-sockets.ts';

const relay = new SocketRelay(WebSocket, (event) => {
  postMessage(event);
});
addEventListener('message', ({ data }: MessageEvent<SocketCommand>) => {
  relay.take(data);
});
