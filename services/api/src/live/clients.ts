import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Duplex } from 'node:stream';
import type { Clock } from '@mediamtx-monitor/runtime';
import type { CLOSE_CODES } from '@mediamtx-monitor/types';
import type { Feed } from '../feed/index.ts';
import type { Caller, Revocation, TakeFilter } from '../http/caller.ts';
import type { Guard } from '../http/guard.ts';
import { Traffic } from './outgoing.ts';

/** Why a client is sent away. */
export type CloseReason = keyof typeof CLOSE_CODES;

/** Who may become a client, and what it may want. */
export interface Admission {
  /** Who sent a request that was let in. */
  readonly callerOf: (request: IncomingMessage) => Caller;
  /**
   * Counts a client until the returned function is called.
   * @throws {RefusedError} when there is no room for it
   */
  readonly admitClient: (caller: Caller) => () => void;
  /** Lets a client have filters. */
  readonly admitFilters: (caller: Caller) => TakeFilter;
  /**
   * Counts what a client asks for once it is connected.
   * @throws {RefusedError} when that is too much
   */
  readonly countQuestion: (caller: Caller) => void;
}

/** What both protocols need. */
export interface LiveOptions {
  readonly feed: Feed;
  readonly clock: Clock;
  readonly guard: Guard;
  readonly access: Admission;
  /** How often clients are looked after, in ms. */
  readonly sweepMs?: number;
}

/** A client that stays connected and receives what is new. */
export interface LiveClient {
  /** Who it is. */
  readonly caller: Caller;
  /** The connection below it. */
  readonly socket: Duplex;
  /** Does what is due; called every second with the monotonic time in ms. */
  readonly sweep: (nowMs: number) => void;
  /** Sends the client away as its protocol does. */
  readonly close: (reason: CloseReason) => void;
  /** Cuts the connection. */
  readonly cut: () => void;
  /** The connection is gone. */
  readonly end: () => void;
}

export interface LiveStats extends Pick<Traffic, 'messages' | 'bytes' | 'skipped'> {
  /** Clients connected now. */
  readonly clients: number;
}

/** Time a client gets to leave by itself, in ms. */
export const CLOSE_WAIT_MS = 1_000;
const SWEEP_MS = 1_000;

/** All clients of one protocol: looks after them, and sends them away. */
export class Clients {
  readonly traffic = new Traffic();
  readonly #clock: Clock;
  readonly #guard: Guard;
  readonly #sweepMs: number;
  readonly #clients = new Map<Duplex, LiveClient>();
  #timer: NodeJS.Timeout | undefined;
  #onEmpty: (() => void) | undefined;

  constructor({ clock, guard, sweepMs = SWEEP_MS }: Pick<LiveOptions, 'clock' | 'guard' | 'sweepMs'>) {
    this.#clock = clock;
    this.#guard = guard;
    this.#sweepMs = sweepMs;
  }

  start(): void {
    this.#timer = setInterval(() => {
      const nowMs = this.#clock.monotonicMs();
      this.#forEach((client) => {
        client.sweep(nowMs);
      });
    }, this.#sweepMs).unref();
  }

  /** Sends all away, and cuts those that haven't left after a second. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#forEach((client) => {
      client.close('serviceRestart');
    });
    if (this.#clients.size === 0) return;
    const empty = new AbortController();
    this.#onEmpty = () => {
      empty.abort();
    };
    await delay(CLOSE_WAIT_MS, undefined, { signal: empty.signal }).catch(() => undefined);
    for (const client of this.#clients.values()) client.cut();
  }

  add(client: LiveClient): void {
    this.#clients.set(client.socket, client);
  }

  /** Whether one of them has the connection. */
  has(socket: Duplex): boolean {
    return this.#clients.has(socket);
  }

  /** The client's connection is gone. */
  delete(client: LiveClient): void {
    this.#clients.delete(client.socket);
    client.end();
    if (this.#clients.size === 0) this.#onEmpty?.();
  }

  /** Sends those away that came by what holds no more. */
  sendAway({ reason, concerns }: Revocation): void {
    this.#forEach((client) => {
      if (concerns(client.caller)) client.close(reason);
    });
  }

  get stats(): LiveStats {
    const { messages, bytes, skipped } = this.traffic;
    return { clients: this.#clients.size, messages, bytes, skipped };
  }

  /** A client that fails costs none of the others anything. */
  #forEach(work: (client: LiveClient) => void): void {
    for (const client of this.#clients.values()) {
      this.#guard.run(client.socket, () => {
        work(client);
      });
    }
  }
}
