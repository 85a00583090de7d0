import type { Duplex } from 'node:stream';
import type { ErrorMessage, StatusMessage } from '@mediamtx-monitor/types';
import type { WebSocket } from 'ws';
import { type Compressions, type Message, textFrame, Unsent } from '../../tick/index.ts';
import { Blockage } from '../blockage.ts';
import type { Outlet } from '../subscription.ts';
import type { Traffic } from '../traffic.ts';

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
    const whole = frame ?? message.frame;
    if (whole === undefined) this.#begin(message.frames());
    else this.#send(whole);
    return true;
  }

  /**
   * Writes more of a message that was begun, as much as can be taken now. The time a client has is for the whole message:
   * until its end all of the tick is kept for it.
   */
  goOn(): void {
    while (!this.#unsent.isEmpty && this.#takesMore) {
      const frame = this.#unsent.take() ?? Buffer.alloc(0);
      this.#options.traffic.sentMore(frame.length);
      this.#options.socket.write(frame);
    }
  }

  writeStatus(status: StatusMessage): void {
    this.#send(textFrame(Buffer.from(JSON.stringify(status))));
  }

  /** Leaves it out in the midst of a message: the close code says the same. */
  writeError(error: ErrorMessage): void {
    if (this.#unsent.isEmpty) this.#send(textFrame(Buffer.from(JSON.stringify(error))));
  }

  /** Asks whether the client is there. */
  ping(): void {
    this.#options.webSocket.ping();
  }

  get #takesMore(): boolean {
    return this.#options.socket.writableLength === 0 && this.isOpen;
  }

  #begin(frames: Iterable<Buffer>): void {
    this.#options.traffic.sent(0);
    this.#blockage.clear();
    this.#unsent.begin(frames);
    this.goOn();
  }

  #send(frame: Buffer): void {
    this.#options.traffic.sent(frame.length);
    this.#write(frame);
  }

  #write(frame: Buffer): void {
    this.#blockage.clear();
    this.#options.socket.write(frame);
  }
}
