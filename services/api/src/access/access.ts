import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock, Logger } from '@mediamtx-monitor/runtime';
import type { Ticket } from '@mediamtx-monitor/types';
import { answerRefusal } from '../shared/answer-refusal.ts';
import type { Caller, TakeFilter } from '../shared/caller.ts';
import { type Refusal, RefusedError } from '../shared/refusal.ts';
import { isLoopback, networkOf } from './address.ts';
import { type ClientAddress, createClientAddress } from './client-address.ts';
import { ClientLimit } from './client-limit.ts';
import { Cors } from './cors.ts';
import { exposureWarning } from './exposure.ts';
import { FilterLimit } from './filter-limit.ts';
import { isOwnHost } from './host.ts';
import { isSameHost } from './origin.ts';
import { FORBIDDEN_HOST, FORBIDDEN_ORIGIN, TICKETS_OFF, tooManyRequests } from './refusals.ts';
import { RequestLimit } from './request-limit.ts';
import { type AccessSettings, readTokens } from './settings.ts';
import { TokenCheck } from './token-check.ts';

export interface AccessOptions {
  readonly config: AccessSettings;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Paths of files that hold no data, so that nobody needs a token for them. */
  readonly openFiles: ReadonlySet<string>;
  /** How often the tokens file is looked at, in ms; a change counts at the second look. */
  readonly checkMs?: number;
}

const CHECK_MS = 1_000;

/** Decides who may use the API, for everything in it alike: request limit, then host, origin and token. */
export class Access {
  readonly #config: AccessSettings;
  readonly #logger: Logger;
  readonly #hosts: ReadonlySet<string>;
  readonly #cors: Cors;
  readonly #addressOf: ClientAddress;
  readonly #requests: RequestLimit;
  readonly #clients: ClientLimit;
  readonly #filters: FilterLimit;
  /** `null` where no tokens are set. */
  readonly #tokens: TokenCheck | null;

  /** @throws {SettingsError} for tokens that can't be read */
  constructor({ config, logger, clock, openFiles, checkMs = CHECK_MS }: AccessOptions) {
    this.#config = config;
    this.#logger = logger;
    this.#hosts = new Set(config.ALLOWED_HOSTS);
    this.#cors = new Cors(config.ALLOWED_ORIGINS);
    this.#addressOf = createClientAddress(config.TRUST_PROXY);
    this.#requests = new RequestLimit(config.MAX_REQUESTS_PER_MINUTE, clock.monotonicMs);
    this.#clients = new ClientLimit({
      inAll: config.MAX_CLIENTS,
      perAddress: config.MAX_CLIENTS_PER_ADDRESS,
    });
    this.#filters = new FilterLimit({
      inAll: config.MAX_FILTERS,
      perAddress: config.MAX_FILTERS_PER_ADDRESS,
    });
    const entries = readTokens(config);
    const file = config.API_TOKENS_FILE;
    this.#tokens =
      entries === null ? null : new TokenCheck({ entries, file, openFiles, logger, clock, checkMs });
  }

  /** Looks after the tokens file from now on, and warns where everything is open to strangers. */
  start(): void {
    const warning = exposureWarning(this.#config.API_HOST, this.#tokens !== null);
    if (warning !== undefined) this.#logger.warn(warning);
    this.#tokens?.start();
  }

  stop(): void {
    this.#tokens?.stop();
  }

  /**
   * Stands in front of every request. Refused ones and CORS preflights it answers itself.
   * @returns whether the request may go on
   */
  gate(request: IncomingMessage, response: ServerResponse): boolean {
    if (this.#cors.isOn) this.#cors.mark(request, response);
    let refusal = this.#refuseSender(request);
    if (refusal === undefined) {
      if (this.#cors.isOn && this.#cors.answerPreflight(request, response)) return false;
      refusal = this.#tokens?.refuse(request);
    }
    if (refusal === undefined) return true;
    answerRefusal(response, refusal);
    return false;
  }

  /** The same for a request that asks for a WebSocket: its token may be among the subprotocols too. */
  check(request: IncomingMessage): { readonly caller: Caller } | { readonly refusal: Refusal } {
    const refusal = this.#refuseSender(request) ?? this.#tokens?.refuseUpgrade(request);
    return refusal === undefined ? { caller: this.callerOf(request) } : { refusal };
  }

  /** Who asks, for a request that was let in. */
  callerOf(request: IncomingMessage): Caller {
    const address = this.#addressOf(request);
    return { address, isLoopback: isLoopback(address), tokenName: this.#tokens?.nameOf(request) ?? null };
  }

  /**
   * Makes a ticket for who asks.
   * @throws {RefusedError} `tickets-off` without tokens, `unauthorized` for a request that came without one
   */
  issueTicket(request: IncomingMessage): Ticket {
    if (this.#tokens === null) throw new RefusedError(TICKETS_OFF);
    return this.#tokens.issueTicket(request);
  }

  /**
   * Counts a client that stays connected, until the returned function is called.
   * @throws {RefusedError} `too-many-clients`
   */
  admitClient(caller: Caller): () => void {
    return this.#clients.admit(caller);
  }

  /**
   * Counts what a connected client asks for anew as a request: it is answered with as much.
   * @throws {RefusedError} `too-many-requests`
   */
  countQuestion({ address, isLoopback: isLocal }: Caller): void {
    const refusal = isLocal ? undefined : this.#countRequest(networkOf(address));
    if (refusal !== undefined) throw new RefusedError(refusal);
  }

  /** Lets a client that stays connected have filters. */
  admitFilters(caller: Caller): TakeFilter {
    return this.#filters.open(caller);
  }

  /**
   * Has the listener told the name of each token that is no longer valid: whoever came with it should go.
   * @returns what ends it
   */
  onTokenRemoved(listener: (name: string) => void): () => void {
    return this.#tokens?.onRemoved(listener) ?? (() => undefined);
  }

  /** What is asked of everyone, whether there are tokens or not. */
  #refuseSender(request: IncomingMessage): Refusal | undefined {
    const address = this.#addressOf(request);
    const tooMany = isLoopback(address) ? undefined : this.#countRequest(networkOf(address));
    if (tooMany !== undefined) return tooMany;
    const { host, origin } = request.headers;
    if (this.#tokens === null && host !== undefined && !isOwnHost(host, this.#hosts)) return FORBIDDEN_HOST;
    if (origin === undefined || this.#cors.allows(origin)) return undefined;
    return isSameHost(origin, request.headers) ? undefined : FORBIDDEN_ORIGIN;
  }

  #countRequest(network: string): Refusal | undefined {
    const waitMs = this.#requests.count(network);
    return waitMs > 0 ? tooManyRequests(this.#config.MAX_REQUESTS_PER_MINUTE, waitMs) : undefined;
  }
}
