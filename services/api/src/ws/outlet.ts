import type { Duplex } from 'node:stream';
import type { ErrorMessage, StatusMessage } from '@mediamtx-monitor/types';
import type { WebSocket } from 'ws';
import { Blockage, type Message, type Outlet, textFrame, type Traffic } from '../feed/index.ts';

export interface SocketOutletOptions {
  readonly webSocket: WebSocket;
  /** The connection below it. */
  readonly socket: Duplex;
  /** Whether compressed frames are for this client. */
  readonly deflated: boolean;
  readonly traffic: Traffic;
  /** A form that was missing is made. */
  readonly onMade: () => void;
}

/**
 * Writes messages to a WebSocket as ready frames, straight to the connection below. What ws itself writes there
 * (pings, pongs, close) comes in whole frames too and at once, since it compresses nothing here.
 */
export class SocketOutlet implements Outlet {
  readonly #options: SocketOutletOptions;
  readonly #blockage = new Blockage();

  constructor(options: SocketOutletOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    const { webSocket } = this.#options;
    return webSocket.readyState === webSocket.OPEN;
  }

  get isFree(): boolean {
    return this.#options.socket.writableLength === 0 && this.isOpen;
  }

  /** Whether the client has taken nothing for too long. */
  isStuck(nowMs: number): boolean {
    return this.#blockage.isTooLong(this.isFree, nowMs);
  }

  write(message: Message): boolean {
    const frame = this.#options.deflated ? message.deflatedFrame : message.frame;
    if (frame === undefined) {
      message.deflate(this.#options.onMade);
      return false;
    }
    this.#write(frame);
    return true;
  }

  writeStatus(status: StatusMessage): void {
    this.#write(textFrame(Buffer.from(JSON.stringify(status))));
  }

  writeError(error: ErrorMessage): void {
    this.#write(textFrame(Buffer.from(JSON.stringify(error))));
  }

  /** Asks whether the client is there. */
  ping(): void {
    this.#options.webSocket.ping();
  }

  #write(frame: Buffer): void {
    this.#blockage.clear();
    this.#options.traffic.sent(frame.length);
    this.#options.socket.write(frame);
  }
}
