import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** So many requests of a connection may wait for the answer before them; who sends more is cut. */
export const MAX_WAITING = 100;
/** An upgrade waits so long for the answers before it, in ms; then its connection is cut. */
export const TURN_WAIT_MS = 5_000;

/**
 * The turns of one connection. It holds no answer: what lives from request to request is copied by each of V8's
 * collections, and there are many of those a second.
 */
class Line {
  readonly #socket: Duplex;
  readonly #waiting: (() => void)[] = [];
  #isBusy = false;

  constructor(socket: Duplex) {
    this.#socket = socket;
  }

  /** Whether an answer is on its way. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** How many wait for it. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** It's the turn of this answer. */
  begin(response: ServerResponse): void {
    this.#isBusy = true;
    response.on('close', this.#onClosed);
  }

  /** Does the work when it's its turn; never, once the connection is closing. */
  wait(work: () => void): void {
    this.#waiting.push(work);
  }

  readonly #onClosed = (): void => {
    const work = this.#waiting.shift();
    if (work === undefined) {
      this.#isBusy = false;
      return;
    }
    // Not at once: those that wait on other connections come in between.
    setImmediate(() => {
      if (isOpen(this.#socket)) work();
    });
  };
}

/**
 * One answer at a time on each connection. A client may send requests without waiting for answers (pipelining), and
 * Node would have all of them handled at once: answers then pile up unsent, those of live clients never get the
 * connection, and an upgrade finds it in use. So each request is looked at when the answer before it is out.
 */
export class Turns {
  readonly #lines = new WeakMap<Duplex, Line>();

  /** Has a request answered when all earlier answers on its connection are out. */
  request(request: IncomingMessage, response: ServerResponse, listener: RequestListener): void {
    const { socket } = request;
    const line = this.#lineOf(socket);
    if (!line.isBusy) {
      line.begin(response);
      listener(request, response);
    } else if (line.waiting >= MAX_WAITING) socket.destroy();
    else {
      line.wait(() => {
        line.begin(response);
        listener(request, response);
      });
    }
  }

  /** The same for what takes the connection over; behind an answer that doesn't end, the connection is cut. */
  takeOver(socket: Duplex, work: () => void): void {
    const line = this.#lines.get(socket);
    if (line?.isBusy !== true) {
      work();
      return;
    }
    const cut = setTimeout(() => socket.destroy(), TURN_WAIT_MS).unref();
    line.wait(() => {
      clearTimeout(cut);
      work();
    });
  }

  #lineOf(socket: Duplex): Line {
    const known = this.#lines.get(socket);
    if (known !== undefined) return known;
    const line = new Line(socket);
    this.#lines.set(socket, line);
    return line;
  }
}

function isOpen({ destroyed, writableEnded }: Duplex): boolean {
  return !destroyed && !writableEnded;
}
