import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type Clock, isOwnHost, type Logger, networkOf } from '@mediamtx-monitor/runtime';
import type { Requester, Ticket } from '@mediamtx-monitor/types';
import type { Asker } from '../feed/index.ts';
import type { Caller, Revocation, TakeFilter } from '../http/caller.ts';
import { pageHint } from '../http/page.ts';
import { answerRefusal, type Refusal, RefusedError } from '../http/refusal.ts';
import { isOfStatusPages, NO_STATUS_PAGE } from '../http/status-route.ts';
import { pathOf } from '../http/url.ts';
import {
  type ClientAddress,
  createClientAddress,
  createProxyTrust,
  isPassedOn,
  UNTRUSTED_PROXY,
} from './client-address.ts';
import { ClientLimit, FilterLimit } from './client-limits.ts';
import { OpenPaths } from './open-paths.ts';
import { Cors, isForeignPage } from './origins.ts';
import {
  FORBIDDEN_HOST,
  forbiddenOrigin,
  type LimitedUse,
  notOperator,
  TICKETS_OFF,
  tooManyRequests,
  WRITES_OFF,
} from './refusals.ts';
import { ConnectionLimit, RequestLimit } from './request-limits.ts';
import {
  type AccessSettings,
  exposureWarnings,
  operatorWarnings,
  readTicketKey,
  readTokens,
} from './settings.ts';
import { TokenCheck } from './token-check.ts';

export interface AccessOptions {
  readonly config: AccessSettings;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Paths of what holds nothing that isn't for everyone, with a slash at the end for the files below: for everyone, under any host name. */
  readonly openPaths: readonly string[];
  /** Paths of files that cost next to nothing to answer with: they are counted apart from all else. */
  readonly filePaths: ReadonlySet<string>;
  /** How often the files of tokens and ticket key are looked at, in ms; a change counts at the second look. */
  readonly checkMs?: number;
}

const CHECK_MS = 1_000;
/** As much work may be done for an address as if each request that it may send took so long. */
const WORK_MS_PER_REQUEST = 4;

/**
 * Decides who may use the API, for everything in it alike: request limit, then host, page and token. Of these only the
 * limit is for what holds no data, so that the page loads behind any proxy and can say itself what is in its way.
 */
export class Access {
  readonly #config: AccessSettings;
  readonly #logger: Logger;
  readonly #open: OpenPaths;
  readonly #hosts: ReadonlySet<string>;
  readonly #cors: Cors;
  readonly #operators: ReadonlySet<string>;
  readonly #addressOf: ClientAddress;
  readonly #filePaths: ReadonlySet<string>;
  /** Three that are counted apart, so that none uses up what is meant for another. */
  readonly #requests: RequestLimit;
  readonly #files: RequestLimit;
  /** In ms. */
  readonly #work: RequestLimit;
  readonly #clients: ClientLimit;
  readonly #connections: ConnectionLimit;
  readonly #filters: FilterLimit;
  /** `null` where no tokens are set. */
  readonly #tokens: TokenCheck | null;
  #hasWarnedOfProxy = false;

  /** @throws {SettingsError} for tokens or a key for tickets that can't be read */
  constructor({ config, logger, clock, openPaths, filePaths, checkMs = CHECK_MS }: AccessOptions) {
    this.#config = config;
    this.#logger = logger;
    this.#open = new OpenPaths(openPaths);
    this.#hosts = new Set(config.ALLOWED_HOSTS);
    this.#cors = new Cors(config.ALLOWED_ORIGINS);
    this.#operators = new Set(config.API_OPERATORS);
    this.#addressOf = createClientAddress(config.TRUST_PROXY);
    this.#filePaths = filePaths;
    const perMinute = config.MAX_REQUESTS_PER_MINUTE;
    this.#requests = new RequestLimit(perMinute, clock.monotonicMs);
    this.#files = new RequestLimit(perMinute, clock.monotonicMs);
    this.#work = new RequestLimit(perMinute * WORK_MS_PER_REQUEST, clock.monotonicMs);
    this.#clients = new ClientLimit({
      inAll: config.MAX_CLIENTS,
      perAddress: config.MAX_CLIENTS_PER_ADDRESS,
    });
    this.#connections = new ConnectionLimit({
      maxClients: config.MAX_CLIENTS,
      maxClientsPerAddress: config.MAX_CLIENTS_PER_ADDRESS,
      isProxy: createProxyTrust(config.TRUST_PROXY),
    });
    this.#filters = new FilterLimit({
      inAll: config.MAX_FILTERS,
      perAddress: config.MAX_FILTERS_PER_ADDRESS,
    });
    const entries = readTokens(config);
    const { API_TOKENS_FILE: file, API_TICKET_KEY_FILE: ticketKeyFile } = config;
    const ticketKey = readTicketKey(config);
    const files = { file, ticketKey, ticketKeyFile };
    this.#tokens =
      entries === null
        ? null
        : new TokenCheck({ entries, ...files, open: this.#open, logger, clock, checkMs });
  }

  /** Looks after the files of tokens and ticket key from now on, and warns where everything is open to strangers. */
  start(): void {
    const tokens = this.#tokens;
    for (const warning of [
      ...exposureWarnings(this.#config, tokens !== null),
      ...operatorWarnings(this.#config.API_OPERATORS, (name) => tokens?.has(name) === true),
    ]) {
      this.#logger.warn(warning);
    }
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
    let refusal =
      this.#refuseFlood(request) ??
      this.#refuseMistyped(request) ??
      this.#refuseStranger(request, this.#open);
    if (refusal === undefined) {
      if (this.#cors.isOn && this.#cors.answerPreflight(request, response)) return false;
      refusal = this.#refuseTokenless(request);
    }
    if (refusal === undefined) return true;
    answerRefusal(response, refusal);
    return false;
  }

  /** The same for a request that asks for a WebSocket: its token may be among the subprotocols too. */
  check(request: IncomingMessage): { readonly caller: Caller } | { readonly refusal: Refusal } {
    const refusal =
      this.#refuseFlood(request) ?? this.#refuseStranger(request) ?? this.#tokens?.refuseUpgrade(request);
    return refusal === undefined ? { caller: this.callerOf(request) } : { refusal };
  }

  /** Who asks, for a request that was let in. */
  callerOf(request: IncomingMessage): Caller {
    const use = this.#tokens?.useOf(request) ?? { tokenName: null, byTicket: false };
    return { ...this.#addressOf(request), ...use };
  }

  /** Who asks, and whether they may change something: a ticket stands for the token where it is only read. */
  requesterOf(request: IncomingMessage): Requester {
    const { tokenName: name, byTicket } = this.callerOf(request);
    return { name, mayChange: name !== null && !byTicket && this.#operators.has(name) };
  }

  /**
   * Name of the token with which somebody asks who may change something.
   * @throws {RefusedError} `writes-off` where nobody may, `not-operator`
   */
  operatorOf(request: IncomingMessage): string {
    if (this.#tokens === null || this.#operators.size === 0) throw new RefusedError(WRITES_OFF);
    const { name, mayChange } = this.requesterOf(request);
    if (name === null || !mayChange) throw new RefusedError(notOperator(name ?? ''));
    return name;
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

  /** Who asks for what takes work, of which there is a limit, too. */
  askerOf(request: IncomingMessage): Asker {
    const { address, isLoopback } = this.#addressOf(request);
    const network = networkOf(address);
    const spent = (workMs: number): void => {
      if (!isLoopback) this.#work.count(network, Math.floor(workMs));
    };
    return { network, spent };
  }

  /** Lets a client that stays connected have filters. */
  admitFilters(caller: Caller): TakeFilter {
    return this.#filters.open(caller);
  }

  /** How many connections there may be at the same time. */
  get maxConnections(): number {
    return this.#connections.max;
  }

  /** Counts a connection until it closes; tells whether there is room for it. */
  admitConnection(socket: Socket): boolean {
    return this.#connections.admit(socket);
  }

  /**
   * Has the listener told when clients that were let in may stay no longer.
   * @returns what ends it
   */
  onRevoked(listener: (revocation: Revocation) => void): () => void {
    return this.#tokens?.onRevoked(listener) ?? (() => undefined);
  }

  #refuseFlood(request: IncomingMessage): Refusal | undefined {
    const { address, isLoopback } = this.#addressOf(request);
    if (isLoopback) {
      this.#warnOfProxy(request);
      return undefined;
    }
    const network = networkOf(address);
    if (!this.#filePaths.has(pathOf(request.url ?? ''))) return this.#countRequest(network);
    return this.#refuseOver('file', this.#files.count(network));
  }

  #countRequest(network: string): Refusal | undefined {
    return (
      this.#refuseOver('request', this.#requests.count(network)) ??
      this.#refuseOver('work', this.#work.count(network, 0))
    );
  }

  #refuseOver(what: LimitedUse, waitMs: number): Refusal | undefined {
    if (waitMs === 0) return undefined;
    const perMinute = this.#config.MAX_REQUESTS_PER_MINUTE;
    return tooManyRequests(what, what === 'work' ? perMinute * WORK_MS_PER_REQUEST : perMinute, waitMs);
  }

  /** Who mistypes the address of a page for everyone has no token to send: it isn't there, for whoever asks. */
  #refuseMistyped({ url = '' }: IncomingMessage): Refusal | undefined {
    return isOfStatusPages(url) && !this.#open.isOpen(url) ? NO_STATUS_PAGE : undefined;
  }

  #refuseTokenless(request: IncomingMessage): Refusal | undefined {
    const refusal = this.#tokens?.refuse(request);
    return refusal && { ...refusal, detail: refusal.detail + pageHint(request, this.#open) };
  }

  #warnOfProxy({ headers }: IncomingMessage): void {
    if (this.#hasWarnedOfProxy || !isPassedOn(headers)) return;
    this.#hasWarnedOfProxy = true;
    this.#logger.warn(UNTRUSTED_PROXY);
  }

  /** Whether there are tokens or not. @param open where some paths are for strangers too */
  #refuseStranger(request: IncomingMessage, open?: OpenPaths): Refusal | undefined {
    const refusal = this.#strangerIn(request);
    return refusal !== undefined && open?.isOpen(request.url ?? '') === true ? undefined : refusal;
  }

  #strangerIn(request: IncomingMessage): Refusal | undefined {
    const { host, origin } = request.headers;
    if (this.#tokens === null && host !== undefined && !isOwnHost(host, this.#hosts)) return FORBIDDEN_HOST;
    return isForeignPage(request, this.#allows) ? forbiddenOrigin(origin, host) : undefined;
  }

  readonly #allows = (origin: string): boolean => this.#cors.allows(origin);
}
