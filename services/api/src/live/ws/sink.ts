import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Compressions, Message, Waiter } from '../../tick/index.ts';
import type { Sink } from '../outgoing.ts';

export interface SocketSinkOptions {
  readonly webSocket: WebSocket;
  /** The connection below it. */
  readonly socket: Duplex;
  /** Whether compressed frames are for this client. */
  readonly deflated: boolean;
  readonly compressions: Compressions;
}

/**
 * Writes messages to a WebSocket as ready frames, straight to the connection below. What ws itself writes there
 * (pings, pongs, close) comes in whole frames too and at once, since it compresses nothing here; between the frames of
 * one message it may come, too.
 */
export class SocketSink implements Sink {
  readonly #options: SocketSinkOptions;

  constructor(options: SocketSinkOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    const { webSocket } = this.#options;
    return webSocket.readyState === webSocket.OPEN;
  }

  get takesMore(): boolean {
    return this.#options.socket.writableLength === 0 && this.isOpen;
  }

  bytesOf(message: Message, waiter: Waiter): Buffer | Iterable<Buffer> | undefined {
    if (this.#options.deflated && message.isShared) {
      const { deflatedFrame } = message;
      if (deflatedFrame !== undefined) return deflatedFrame;
      if (message.deflate(this.#options.compressions, waiter)) return undefined;
    }
    return message.frame ?? message.frames();
  }

  /** Here it is for the client to say in its next question where it was. */
  markOf(): undefined {
    return undefined;
  }

  write(bytes: Buffer): void {
    this.#options.socket.write(bytes);
  }
}
