import type { IncomingMessage } from 'node:http';
import type { Clock, Logger } from '@mediamtx-monitor/runtime';
import type { Ticket } from '@mediamtx-monitor/types';
import { type Refusal, RefusedError } from '../shared/refusal.ts';
import { bearerOf, bearerProtocolOf, ticketOf } from './credentials.ts';
import { isOpen } from './open-paths.ts';
import { INVALID_TOKEN, NO_TOKEN } from './refusals.ts';
import { readTicket, TICKET_MS, writeTicket } from './tickets.ts';
import type { TokenEntry } from './token-lines.ts';
import { type TokenChanges, Tokens } from './tokens.ts';
import { TokensWatch } from './tokens-watch.ts';

export interface TokenCheckOptions {
  /** Those of the start. */
  readonly entries: readonly TokenEntry[];
  /** Path of the file they are from. */
  readonly file: string | undefined;
  /** Paths of files that are open to everyone. */
  readonly openFiles: ReadonlySet<string>;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly checkMs: number;
}

/** Lets in who has a token, or a ticket that was given for one. */
export class TokenCheck {
  readonly #clock: Clock;
  readonly #openFiles: ReadonlySet<string>;
  readonly #watch: TokensWatch | undefined;
  readonly #listeners = new Set<(name: string) => void>();
  /** Names of the tokens that requests came with. */
  readonly #names = new WeakMap<IncomingMessage, string>();
  #tokens: Tokens;

  constructor({ entries, file, openFiles, logger, clock, checkMs }: TokenCheckOptions) {
    this.#clock = clock;
    this.#openFiles = openFiles;
    this.#tokens = new Tokens(entries);
    if (file === undefined) return;
    this.#watch = new TokensWatch({
      path: file,
      tokens: this.#tokens,
      logger,
      checkMs,
      onChange: (tokens, changes) => {
        this.#change(tokens, changes);
      },
    });
  }

  start(): void {
    this.#watch?.start();
  }

  stop(): void {
    this.#watch?.stop();
  }

  /** Why a plain request may not go on. A ticket opens what is only read. */
  refuse(request: IncomingMessage): Refusal | undefined {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    return this.#refuse(request, bearerOf(request), isRead);
  }

  /** Why a request for a WebSocket may not go on. */
  refuseUpgrade(request: IncomingMessage): Refusal | undefined {
    return this.#refuse(request, bearerOf(request) ?? bearerProtocolOf(request), true);
  }

  /** Name of the token that a request was let in with. */
  nameOf(request: IncomingMessage): string | undefined {
    return this.#names.get(request);
  }

  /** @throws {RefusedError} for a request that was let in without a token */
  issueTicket(request: IncomingMessage): Ticket {
    const name = this.nameOf(request);
    if (name === undefined) throw new RefusedError(NO_TOKEN);
    const expiresMs = this.#clock.wallMs() + TICKET_MS;
    return {
      ticket: writeTicket(this.#tokens.ticketKey, name, expiresMs),
      expiresAt: new Date(expiresMs).toISOString(),
    };
  }

  onRemoved(listener: (name: string) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #refuse(request: IncomingMessage, token: string | undefined, takesTicket: boolean): Refusal | undefined {
    const ticket = token === undefined && takesTicket ? ticketOf(request) : undefined;
    const name = token === undefined ? this.#nameInTicket(ticket) : this.#tokens.nameOf(token);
    if (name !== undefined) {
      this.#names.set(request, name);
      return undefined;
    }
    if (isOpen(request.url ?? '', this.#openFiles)) return undefined;
    return token === undefined && ticket === undefined ? NO_TOKEN : INVALID_TOKEN;
  }

  /** The key of tickets changes with the tokens: one that holds names a token that does. */
  #nameInTicket(ticket: string | undefined): string | undefined {
    if (ticket === undefined) return undefined;
    return readTicket(this.#tokens.ticketKey, ticket, this.#clock.wallMs());
  }

  #change(tokens: Tokens, { removed, replaced }: TokenChanges): void {
    this.#tokens = tokens;
    for (const name of [...removed, ...replaced]) {
      for (const listener of [...this.#listeners]) listener(name);
    }
  }
}
