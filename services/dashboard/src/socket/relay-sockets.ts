import type { Socket, SocketConstructor } from '@mediamtx-monitor/client';
import type { SocketNews, SocketOrder } from './orders.ts';

/**
 * The worker's part: opens sockets for the page and tells it what they say.
 * @returns what takes the page's orders
 */
export function relaySockets(
  WebSocket: SocketConstructor,
  tell: (news: SocketNews) => void,
): (order: SocketOrder) => void {
  const sockets = new Map<number, Socket>();

  function open(id: number, url: string): void {
    const socket = new WebSocket(url);
    sockets.set(id, socket);
    socket.addEventListener('open', () => {
      tell({ id, news: 'open' });
    });
    socket.addEventListener('message', ({ data }) => {
      tell({ id, news: 'message', data });
    });
    // A close follows each error; but `ws` throws an error that nobody listens to.
    socket.addEventListener('error', () => undefined);
    socket.addEventListener('close', ({ code, reason }) => {
      sockets.delete(id);
      tell({ id, news: 'close', code, reason });
    });
  }

  return (order) => {
    if (order.order === 'open') open(order.id, order.url);
    else if (order.order === 'send') sockets.get(order.id)?.send(order.text);
    else sockets.get(order.id)?.close(order.code);
  };
}
