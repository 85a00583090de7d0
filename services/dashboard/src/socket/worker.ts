import { relaySockets } from './relay-sockets.ts';
import type { SocketOrder } from './orders.ts';

const take = relaySockets(WebSocket, (news) => {
  postMessage(news);
});
addEventListener('message', ({ data }: MessageEvent<SocketOrder>) => {
  take(data);
});
