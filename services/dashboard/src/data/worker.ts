import { relaySockets, type SocketOrder } from './worker-sockets.ts';

const take = relaySockets(WebSocket, (news) => {
  postMessage(news);
});
addEventListener('message', ({ data }: MessageEvent<SocketOrder>) => {
  take(data);
});
