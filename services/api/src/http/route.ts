import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Preview, ProblemCode, Requester, Ticket } from '@mediamtx-monitor/types';
import Joi from 'joi';
import type { Asker, Feed, SharedWork } from '../feed/index.ts';
import type { Content, Fleet } from '../tick/index.ts';
import type { Representation } from './answer.ts';
import { type HeaderName, PROVENANCE } from './headers.ts';
import type { HeldBodies } from './held-bodies.ts';
import type { HistoryReads } from './history-reads.ts';
import type { ParameterName } from './parameters.ts';
import type { Query } from './query.ts';
import type { ServerChoice } from './server-choice.ts';
import type { PublicPages } from './status-page.ts';

/** What a route answers with when all is well. */
export interface RouteAnswer {
  readonly description: string;
  /** Media type, without parameters. */
  readonly type: string;
  /** Media type of a text that it is, too, for whoever asks for that. */
  readonly alsoAs?: string;
  /** Of JSON; anything else is text. */
  readonly body?: Joi.Schema;
  readonly headers?: readonly HeaderName[];
}

/** JSON that a route takes. */
export interface RouteBody {
  readonly schema: Joi.ObjectSchema;
  /** Whether it has to be there. */
  readonly required: boolean;
}

/** How OpenAPI describes a route. */
export interface RouteDescription {
  /** `operationId`: clients that are generated have functions of this name. */
  readonly id: string;
  readonly tag: 'data' | 'live' | 'changes' | 'status' | 'service';
  readonly summary: string;
  /** What the summary doesn't say (Markdown). */
  readonly description?: string;
}

/** A request that reached its route. */
export interface RouteRequest<Name extends ParameterName> {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Its query parameters, checked. */
  readonly query: Query<Name>;
  /** What stands in its path for `{name}`, `{id}`, `{target}` or `{page}`, decoded; of a route for all below its path, what comes there. */
  readonly name: string;
  /** What stands there for `{item}`, decoded. */
  readonly item: string;
  /** Leaves it to the next route that has this path. */
  readonly pass: () => void;
}

/** `starting`: Redis has not answered yet; `leaving`: the process is about to end. */
export type Readiness = 'starting' | 'ready' | 'leaving';

/** A report as it is answered. */
export interface MadeReport {
  readonly body: Buffer;
  /** Whether anything was told of the server that was asked for. */
  readonly tellsOfServer: boolean;
}

/** What handlers work with. */
export interface RouteContext {
  readonly feed: Feed;
  readonly history: HistoryReads;
  readonly reports: SharedWork<MadeReport>;
  /** Through which bodies go that are made for a question and may be large. */
  readonly bodies: HeldBodies;
  /** Unix time in ms, by this machine's clock. */
  readonly nowMs: () => number;
  /** Time that has passed since some moment, in ms. */
  readonly monotonicMs: () => number;
  readonly readiness: () => Readiness;
  /** Where browsers can play streams. */
  readonly previews: readonly Preview[];
  /** Who asks, and whether they may change something. */
  readonly requesterOf: (request: IncomingMessage) => Requester;
  /**
   * Name of the token with which somebody asks who may change something.
   * @throws {RefusedError} where they may not
   */
  readonly operatorOf: (request: IncomingMessage) => string;
  /** Time for a body to come, in ms. */
  readonly bodyWithinMs: number;
  /** An id that nothing else has. */
  readonly newId: () => string;
  /** Who asks, and is told how long an answer took to make. */
  readonly askerOf: (request: IncomingMessage) => Asker;
  /**
   * Makes a ticket for whoever asks.
   * @throws {RefusedError} where none is to be had
   */
  readonly issueTicket: (request: IncomingMessage) => Ticket;
  /**
   * Sends Server-Sent Events from now on.
   * @throws {RefusedError} for a wrong query, or where there is no room
   */
  readonly sendEvents: (request: IncomingMessage, response: ServerResponse) => void;
  /** Metrics in Prometheus' text format: of this process, or of servers (all, unless some are chosen), their streams and hosts. */
  readonly metrics: {
    readonly ofProcess: () => Promise<Content>;
    readonly ofStreams: (choice: ServerChoice) => Promise<Content>;
  };
  readonly status: PublicPages;
  readonly documents: {
    readonly openapi: () => Representation;
    readonly asyncapi: () => Representation;
    /** The page that shows the description. */
    readonly docsPage: () => Representation;
    /** A file that it needs, by name. */
    readonly docsFile: (name: string) => Representation | undefined;
  };
}

/**
 * A route, and all that is said of it anywhere: Express, OpenAPI, AsyncAPI, what access leaves open, and what static
 * files may not shadow are made of the table of these.
 */
export interface Route<Name extends ParameterName = ParameterName> {
  /** `{name}` stands for a stream's name, which may hold slashes, `{id}`, `{target}`, `{page}` and `{item}` for what has an id or name without; a slash at the end for all that is below. */
  readonly path: string;
  /** GET answers HEAD, too. */
  readonly method: 'get' | 'post' | 'delete';
  /** Whether a slash behind the path makes it another path; else it makes no difference. */
  readonly isExact?: boolean;
  /** Query parameters that it has: any other is refused. `any` where it looks at none. */
  readonly parameters: readonly Name[] | 'any';
  /** Answers by status, problem documents aside. */
  readonly answers: Readonly<Record<number, RouteAnswer>>;
  /** Codes of its own, beside those that any route of its kind has. */
  readonly problems?: readonly ProblemCode[];
  /** JSON that it takes: what it has to be. Left out where it takes no body. */
  readonly body?: RouteBody;
  /** Whether it changes something: it takes a token whose name stands in API_OPERATORS. */
  readonly isChange?: boolean;
  /** Whether it holds no data: it needs no token, and any page may ask for it. */
  readonly open?: boolean;
  /** `null` where OpenAPI has no place for it. */
  readonly described: RouteDescription | null;
  /** AsyncAPI's channel for what comes over it by itself. */
  readonly channel?: 'socket' | 'events';
  /** Answers; what it throws or rejects with is told as a problem. */
  readonly handler: (asked: RouteRequest<Name>, context: RouteContext) => void | Promise<void>;
  /** The same answer where nothing is asked, to be kept ready; `undefined` where it takes more than bytes. */
  readonly hot?: (feed: Feed, fleet: Fleet) => Content | undefined;
}

/** Declares a route: its handler gets the parameters that it has. */
export function route<const Name extends ParameterName = never>(declaration: Route<Name>): Route {
  return declaration;
}

/** The answer 200 with JSON of the feed, its entity tag, and where its data comes from. */
export function dataAnswer(description: string, body: Joi.Schema): Readonly<Record<200, RouteAnswer>> {
  return { 200: { description, type: 'application/json', body, headers: ['ETag', 'Vary', ...PROVENANCE] } };
}

/** The answer 200 with a list that is another each time. */
export function listAnswer(
  description: string,
  items: Joi.Schema,
  total: string,
): Readonly<Record<200, RouteAnswer>> {
  return { 200: { description, type: 'application/json', body: listBody(items, total), headers: ['Vary'] } };
}

/** Body with a list. @param total what its number counts */
export function listBody(items: Joi.Schema, total: string): Joi.ObjectSchema {
  return Joi.object({
    items: Joi.array().items(items).required().description('Those that match'),
    total: Joi.number().integer().min(0).required().description(total),
  });
}
