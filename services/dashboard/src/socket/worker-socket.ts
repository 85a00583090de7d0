import type { Socket, SocketClose, SocketConstructor } from '@mediamtx-monitor/client';
import type { SocketNews, SocketOrder } from './orders.ts';

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
