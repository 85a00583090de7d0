import type { Duplex } from 'node:stream';
import type { ErrorMessage, StatusMessage } from '@mediamtx-monitor/types';
import type { WebSocket } from 'ws';
import {
  Blockage,
  type Compressions,
  type Message,
  type Outlet,
  textFrame,
  type Traffic,
  Unsent,
} from '../feed/index.ts';

export interface SocketOutletOptions {
  readonly webSocket: WebSocket;
  /** The connection below it. */
  readonly socket: Duplex;
  /** Whether compressed frames are for this client. */
  readonly deflated: boolean;
  readonly compressions: Compressions;
  readonly traffic: Traffic;
  /** A form that was missing is made, or won't be. */
  readonly onMade: () => void;
}

/**
 * Writes messages to a WebSocket as ready frames, straight to the connection below. What ws itself writes there
 * (pings, pongs, close) comes in whole frames too and at once, since it compresses nothing here; between the frames of
 * one message it may come, too.
 */
export class SocketOutlet implements Outlet {
  readonly #options: SocketOutletOptions;
  readonly #blockage = new Blockage();
  readonly #unsent = new Unsent();

  constructor(options: SocketOutletOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    const { webSocket } = this.#options;
    return webSocket.readyState === webSocket.OPEN;
  }

  get isFree(): boolean {
    return this.#unsent.isEmpty && this.#takesMore;
  }

  /** Whether the client has taken nothing for too long. */
  isStuck(nowMs: number): boolean {
    return this.#blockage.isTooLong(this.isFree, nowMs);
  }

  write(message: Message, isWaiting: () => boolean): boolean {
    const { compressions, onMade } = this.#options;
    const isDeflated = this.#options.deflated && message.isShared;
    const frame = isDeflated ? message.deflatedFrame : undefined;
    if (isDeflated && frame === undefined) {
      if (message.deflate(compressions, { isWaiting, onDone: onMade })) return false;
    }
    this.#unsent.begin(frame === undefined ? message.frames : [frame]);
    this.#options.traffic.sent(this.#writeNext());
    this.goOn();
    return true;
  }

  /** Writes more of a message that was begun, as much as can be taken now. */
  goOn(): void {
    while (!this.#unsent.isEmpty && this.#takesMore) this.#options.traffic.sentMore(this.#writeNext());
  }

  writeStatus(status: StatusMessage): void {
    this.#writeWhole(status);
  }

  /** Leaves it out in the midst of a message: the close code says the same. */
  writeError(error: ErrorMessage): void {
    if (this.#unsent.isEmpty) this.#writeWhole(error);
  }

  /** Asks whether the client is there. */
  ping(): void {
    this.#options.webSocket.ping();
  }

  get #takesMore(): boolean {
    return this.#options.socket.writableLength === 0 && this.isOpen;
  }

  #writeWhole(message: StatusMessage | ErrorMessage): void {
    this.#unsent.begin([textFrame(Buffer.from(JSON.stringify(message)))]);
    this.#options.traffic.sent(this.#writeNext());
  }

  /** Returns the length of what it has written. */
  #writeNext(): number {
    const piece = this.#unsent.take() ?? Buffer.alloc(0);
    this.#blockage.clear();
    this.#options.socket.write(piece);
    return piece.length;
  }
}
