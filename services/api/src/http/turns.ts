import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** So many requests of a connection may wait for the answer before them; who sends more is cut. */
export const MAX_WAITING = 100;
/** An upgrade waits so long for the answers before it, in ms; then its connection is cut. */
export const TURN_WAIT_MS = 5_000;

interface AnswerQueue {
  /** The answer that comes last so far. */
  last: ServerResponse;
  waiting: number;
}

/**
 * One answer at a time on each connection. A client may send requests without waiting for answers (pipelining), and
 * Node would have all of them handled at once: answers then pile up unsent, those of live clients never get the
 * connection, and an upgrade finds it in use. So each request is looked at when the answer before it is out.
 */
export class Turns {
  readonly #lines = new WeakMap<Duplex, AnswerQueue>();

  /** Does the work when all earlier answers on the connection are out; never, once the connection is closing. */
  request(socket: Duplex, response: ServerResponse, work: () => void): void {
    const line = this.#lines.get(socket);
    if (line === undefined) {
      this.#lines.set(socket, { last: response, waiting: 0 });
      work();
      return;
    }
    const earlier = line.last;
    line.last = response;
    if (earlier.closed) work();
    else if (line.waiting >= MAX_WAITING) socket.destroy();
    else {
      line.waiting += 1;
      earlier.once('close', () => {
        line.waiting -= 1;
        // Not at once: those that wait on other connections come in between.
        setImmediate(() => {
          if (isOpen(socket)) work();
        });
      });
    }
  }

  /** The same for what takes the connection over; behind an answer that doesn't end, the connection is cut. */
  takeOver(socket: Duplex, work: () => void): void {
    const earlier = this.#lines.get(socket)?.last;
    if (earlier === undefined || earlier.closed) {
      work();
      return;
    }
    const cut = setTimeout(() => socket.destroy(), TURN_WAIT_MS).unref();
    earlier.once('close', () => {
      clearTimeout(cut);
      if (isOpen(socket)) work();
    });
  }
}

function isOpen({ destroyed, writableEnded }: Duplex): boolean {
  return !destroyed && !writableEnded;
}
