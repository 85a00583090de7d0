import type { Duplex } from 'node:stream';
import type { CursorMessage } from '@mediamtx-monitor/types';
import { WebSocket } from 'ws';
import { type Compressions, Message, type Waiter } from '../../tick/index.ts';
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
  readonly forgetsCursor = false;
  readonly #webSocket: WebSocket;
  readonly #socket: Duplex;
  readonly #deflated: boolean;
  readonly #compressions: Compressions;

  constructor({ webSocket, socket, deflated, compressions }: SocketSinkOptions) {
    this.#webSocket = webSocket;
    this.#socket = socket;
    this.#deflated = deflated;
    this.#compressions = compressions;
  }

  get isOpen(): boolean {
    return this.#webSocket.readyState === WebSocket.OPEN;
  }

  get takesMore(): boolean {
    return this.#socket.writableLength === 0 && this.isOpen;
  }

  bytesOf(message: Message, waiter: Waiter): Buffer | Iterable<Buffer> | undefined {
    if (this.#deflated && message.isShared) {
      const { deflatedFrame } = message;
      if (deflatedFrame !== undefined) return deflatedFrame;
      if (message.deflate(this.#compressions, waiter)) return undefined;
    }
    return message.frame ?? message.frames();
  }

  /** A message of its own: here no id goes with any. */
  markOf(cursor: string): Buffer {
    const message: CursorMessage = { type: 'cursor', cursor };
    const parts = [Buffer.from(JSON.stringify(message))];
    return Buffer.concat([...new Message({ type: message.type, parts }).frames()]);
  }

  write(bytes: Buffer): void {
    this.#socket.write(bytes);
  }
}
