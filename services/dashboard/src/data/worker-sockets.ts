import type { Socket, SocketClose, SocketConstructor } from '@mediamtx-monitor/client';

/** What the page wants of its worker; `id` is that of a socket. */
export type SocketOrder =
  | { readonly id: number; readonly order: 'open'; readonly url: string }
  | { readonly id: number; readonly order: 'send'; readonly text: string }
  | { readonly id: number; readonly order: 'close'; readonly code: number };

/** What the worker tells of a socket. */
export type SocketNews =
  | { readonly id: number; readonly news: 'open' }
  | { readonly id: number; readonly news: 'message'; readonly data: unknown }
  | { readonly id: number; readonly news: 'close'; readonly code: number; readonly reason: string };

/** What of a worker is used. */
export interface SocketWorker {
  readonly postMessage: (order: SocketOrder) => void;
  readonly terminate: () => void;
}

/** Starts the worker. @param onBroken it can't run, or not any more */
export type StartWorker = (onNews: (news: SocketNews) => void, onBroken: () => void) => SocketWorker;

type Listener<Event> = (event: Event) => void;

interface Listeners {
  readonly open: Listener<void>[];
  readonly error: Listener<void>[];
  readonly message: Listener<{ readonly data: unknown }>[];
  readonly close: Listener<SocketClose>[];
}

/** As when a connection breaks without a word. */
const ABNORMAL_CLOSURE: SocketClose = { code: 1006, reason: '' };

/**
 * Sockets that a worker holds: to unpack what they receive takes the browser longer than to read it, and there it
 * doesn't hold up the page. One worker serves the page for as long as it is open, so an upgrade of the monitor can't
 * take it away.
 */
export function workerSockets(startWorker: StartWorker): SocketConstructor {
  const sockets = new Map<number, Listeners>();
  let worker: SocketWorker | undefined;
  let lastId = 0;

  function onNews(news: SocketNews): void {
    const listeners = sockets.get(news.id);
    if (listeners === undefined) return;
    if (news.news === 'open') tell(listeners.open, undefined);
    else if (news.news === 'message') tell(listeners.message, news);
    else end(news.id, listeners, news);
  }

  function end(id: number, { close }: Listeners, how: SocketClose): void {
    sockets.delete(id);
    tell(close, how);
  }

  /** The next socket gets another worker. */
  function onBroken(): void {
    worker?.terminate();
    worker = undefined;
    for (const [id, listeners] of sockets) end(id, listeners, ABNORMAL_CLOSURE);
  }

  return class WorkerSocket implements Socket {
    readonly #id = (lastId += 1);
    readonly #listeners: Listeners = { open: [], error: [], message: [], close: [] };

    constructor(url: string) {
      sockets.set(this.#id, this.#listeners);
      worker ??= startWorker(onNews, onBroken);
      worker.postMessage({ id: this.#id, order: 'open', url });
    }

    /** Which listener belongs to which type, `Socket` says. */
    addEventListener(type: keyof Listeners, listener: never): void {
      this.#listeners[type].push(listener);
    }

    send(text: string): void {
      worker?.postMessage({ id: this.#id, order: 'send', text });
    }

    close(code: number): void {
      worker?.postMessage({ id: this.#id, order: 'close', code });
    }
  };
}

function tell<Event>(listeners: readonly Listener<Event>[], event: Event): void {
  for (const listen of listeners) listen(event);
}

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
