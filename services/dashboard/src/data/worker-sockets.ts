import type { Socket, SocketClose, SocketConstructor } from '@mediamtx-monitor/client';

/** What the page wants of its worker; `id` is that of a socket. */
export type SocketCommand =
  | { readonly id: number; readonly command: 'open'; readonly url: string }
  | { readonly id: number; readonly command: 'send'; readonly text: string }
  | { readonly id: number; readonly command: 'close'; readonly code: number };

/** What the worker says of a socket. */
export type SocketEvent =
  | { readonly id: number; readonly event: 'open' }
  | { readonly id: number; readonly event: 'message'; readonly data: unknown }
  | { readonly id: number; readonly event: 'close'; readonly code: number; readonly reason: string };

/** What of a worker is used. */
export interface SocketWorker {
  readonly postMessage: (command: SocketCommand) => void;
  readonly terminate: () => void;
}

/** Starts the worker. @param onBroken it can't run, or not any more */
export type StartWorker = (onEvent: (event: SocketEvent) => void, onBroken: () => void) => SocketWorker;

type SocketListener<Event> = (event: Event) => void;

interface Listeners {
  readonly open: SocketListener<void>[];
  readonly error: SocketListener<void>[];
  readonly message: SocketListener<{ readonly data: unknown }>[];
  readonly close: SocketListener<SocketClose>[];
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

  function onEvent(event: SocketEvent): void {
    const listeners = sockets.get(event.id);
    if (listeners === undefined) return;
    if (event.event === 'open') emit(listeners.open, undefined);
    else if (event.event === 'message') emit(listeners.message, event);
    else end(event.id, listeners, event);
  }

  function end(id: number, { close }: Listeners, how: SocketClose): void {
    sockets.delete(id);
    emit(close, how);
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
      worker ??= startWorker(onEvent, onBroken);
      worker.postMessage({ id: this.#id, command: 'open', url });
    }

    /** Which listener belongs to which type, `Socket` says. */
    addEventListener(type: keyof Listeners, listener: never): void {
      this.#listeners[type].push(listener);
    }

    send(text: string): void {
      worker?.postMessage({ id: this.#id, command: 'send', text });
    }

    close(code: number): void {
      worker?.postMessage({ id: this.#id, command: 'close', code });
    }
  };
}

function emit<Event>(listeners: readonly SocketListener<Event>[], event: Event): void {
  for (const listen of listeners) listen(event);
}

/** The worker's part: opens sockets for the page and passes on what they say. */
export class SocketRelay {
  readonly #WebSocket: SocketConstructor;
  readonly #emit: (event: SocketEvent) => void;
  readonly #sockets = new Map<number, Socket>();

  constructor(WebSocket: SocketConstructor, emit: (event: SocketEvent) => void) {
    this.#WebSocket = WebSocket;
    this.#emit = emit;
  }

  /** Does what the page wants. */
  take(command: SocketCommand): void {
    if (command.command === 'open') this.#open(command.id, command.url);
    else if (command.command === 'send') this.#sockets.get(command.id)?.send(command.text);
    else this.#sockets.get(command.id)?.close(command.code);
  }

  #open(id: number, url: string): void {
    const socket = new this.#WebSocket(url);
    this.#sockets.set(id, socket);
    socket.addEventListener('open', () => {
      this.#emit({ id, event: 'open' });
    });
    socket.addEventListener('message', ({ data }) => {
      this.#emit({ id, event: 'message', data });
    });
    // A close follows each error; but `ws` throws an error that nobody listens to.
    socket.addEventListener('error', () => undefined);
    socket.addEventListener('close', ({ code, reason }) => {
      this.#sockets.delete(id);
      this.#emit({ id, event: 'close', code, reason });
    });
  }
}
