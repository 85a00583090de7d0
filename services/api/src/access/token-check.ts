import type { IncomingMessage } from 'node:http';
import type { Clock, Logger } from '@mediamtx-monitor/runtime';
import type { Ticket } from '@mediamtx-monitor/types';
import type { Revocation } from '../http/caller.ts';
import { type Refusal, RefusedError } from '../http/refusal.ts';
import { parametersOf } from '../http/url.ts';
import type { OpenPaths } from './open-paths.ts';
import { INVALID_TOKEN, NO_TOKEN } from './refusals.ts';
import { readTicket, TICKET_MS, TicketKey, writeTicket } from './tickets.ts';
import { type TokenChanges, type TokenEntry, Tokens, TokensWatch } from './tokens.ts';

const BEARER = /^bearer +(\S+) *$/i;
const BEARER_PROTOCOL = 'bearer.';

/** The token of an `Authorization` header; of any other scheme there is none. */
export function bearerOf({ headers }: IncomingMessage): string | undefined {
  return BEARER.exec(headers.authorization ?? '')?.[1];
}

/** The token among a WebSocket's subprotocols, as in `mediamtx-monitor.v1, bearer.<token>`. */
export function bearerProtocolOf({ headers }: IncomingMessage): string | undefined {
  const offered = headers['sec-websocket-protocol']?.split(',').map((protocol) => protocol.trim());
  return offered?.find((protocol) => protocol.startsWith(BEARER_PROTOCOL))?.slice(BEARER_PROTOCOL.length);
}

/** The ticket in a request's URL, given once. */
export function ticketOf({ url = '' }: IncomingMessage): string | undefined {
  const tickets = parametersOf(url).getAll('ticket');
  return tickets.length === 1 ? tickets[0] : undefined;
}

export interface TokenCheckOptions {
  /** Those of the start. */
  readonly entries: readonly TokenEntry[];
  /** Path of the file they are from. */
  readonly file: string | undefined;
  /** That of the start; `null` where none is set. */
  readonly ticketKey: Buffer | null;
  /** Path of the file it is from. */
  readonly ticketKeyFile: string | undefined;
  /** What needs no token. */
  readonly open: OpenPaths;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly checkMs: number;
}

/** How a request was let in. */
export interface TokenUse {
  readonly tokenName: string;
  /** Whether it came with a ticket in place of the token itself. */
  readonly byTicket: boolean;
}

/** Lets in who has a token, or a ticket that was given for one. */
export class TokenCheck {
  readonly #clock: Clock;
  readonly #open: OpenPaths;
  readonly #watch: TokensWatch | undefined;
  readonly #ticketKey: TicketKey;
  readonly #listeners = new Set<(revocation: Revocation) => void>();
  readonly #uses = new WeakMap<IncomingMessage, TokenUse>();
  #tokens: Tokens;

  constructor(options: TokenCheckOptions) {
    const { entries, file, ticketKey, ticketKeyFile, open, logger, clock, checkMs } = options;
    this.#clock = clock;
    this.#open = open;
    this.#tokens = new Tokens(entries);
    this.#ticketKey = new TicketKey({
      key: ticketKey,
      path: ticketKeyFile,
      logger,
      checkMs,
      onChange: () => {
        this.#revoke({ reason: 'ticketVoid', concerns: ({ byTicket }) => byTicket });
      },
    });
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
    this.#ticketKey.start();
  }

  stop(): void {
    this.#watch?.stop();
    this.#ticketKey.stop();
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

  /** Whether there is a token of this name. */
  has(name: string): boolean {
    return this.#tokens.hashOf(name) !== undefined;
  }

  /** How a request was let in; `undefined` where it needed no token. */
  useOf(request: IncomingMessage): TokenUse | undefined {
    return this.#uses.get(request);
  }

  /** @throws {RefusedError} for a request that was let in without a token */
  issueTicket(request: IncomingMessage): Ticket {
    const { tokenName: name, byTicket } = this.useOf(request) ?? { tokenName: '', byTicket: false };
    const hash = byTicket ? undefined : this.#tokens.hashOf(name);
    if (hash === undefined) throw new RefusedError(NO_TOKEN);
    const expiresMs = this.#clock.wallMs() + TICKET_MS;
    return {
      ticket: writeTicket(this.#ticketKey.bytes, { name, hash }, expiresMs),
      expiresAt: new Date(expiresMs).toISOString(),
    };
  }

  onRevoked(listener: (revocation: Revocation) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #refuse(request: IncomingMessage, token: string | undefined, takesTicket: boolean): Refusal | undefined {
    const ticket = token === undefined && takesTicket ? ticketOf(request) : undefined;
    const name = token === undefined ? this.#nameInTicket(ticket) : this.#tokens.nameOf(token);
    if (name !== undefined) {
      this.#uses.set(request, { tokenName: name, byTicket: token === undefined });
      return undefined;
    }
    if (this.#open.isOpen(request.url ?? '')) return undefined;
    return token === undefined && ticket === undefined ? NO_TOKEN : INVALID_TOKEN;
  }

  #nameInTicket(ticket: string | undefined): string | undefined {
    if (ticket === undefined) return undefined;
    const hashOf = (name: string): string | undefined => this.#tokens.hashOf(name);
    return readTicket(this.#ticketKey.bytes, ticket, hashOf, this.#clock.wallMs());
  }

  #change(tokens: Tokens, { removed, replaced }: TokenChanges): void {
    this.#tokens = tokens;
    const gone = new Set([...removed, ...replaced]);
    if (gone.size === 0) return;
    const concerns: Revocation['concerns'] = ({ tokenName }) => tokenName !== null && gone.has(tokenName);
    this.#revoke({ reason: 'tokenRemoved', concerns });
  }

  #revoke(revocation: Revocation): void {
    for (const listener of [...this.#listeners]) listener(revocation);
  }
}
