import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { isOwnHost } from '../http/own-host.ts';
import { isThisMachineOnly } from '../http/reach.ts';
import { closeServer, listen } from '../lifecycle/listen.ts';
import { StartError } from '../lifecycle/run-main.ts';
import type { Part } from '../lifecycle/part.ts';
import type { Logger } from '../log/logger.ts';
import { type HealthAnswer, jsonAnswer, send } from './answer.ts';
import { createGuardedServer, type GuardedServerOptions } from './guarded-server.ts';

/** Where metrics come from; a registry of prom-client is one. */
export interface MetricsSource {
  readonly contentType: string;
  /** All metrics in Prometheus' text format. */
  readonly metrics: () => Promise<string>;
}

export interface HealthPortOptions extends Omit<GuardedServerOptions, 'answer'> {
  readonly host: string;
  /** 0 = off. */
  readonly port: number;
  /** Where others reach it, when a container engine decides that. */
  readonly publishedOn?: string | undefined;
  /** Names under which it answers beside localhost and IP addresses, in lower case. */
  readonly allowedHosts: readonly string[];
  readonly logger: Logger;
  /** Facts about the service, shown as JSON beside `"status":"ok"`. */
  readonly facts: () => Readonly<Record<string, unknown>>;
  /** What `GET /metrics` tells; there is no such path without. */
  readonly metrics?: MetricsSource;
}

const FORBIDDEN_HOST = jsonAnswer(403, {
  error:
    'this port answers under localhost, IP addresses and the names in ALLOWED_HOSTS only: use one of them, or add ' +
    'this name there',
});

/** Questions that come while metrics are being made get the same ones: many at once cost no more than one. */
class SharedMetrics {
  readonly #source: MetricsSource;
  #making: Promise<HealthAnswer> | undefined;

  constructor(source: MetricsSource) {
    this.#source = source;
  }

  read(): Promise<HealthAnswer> {
    this.#making ??= this.#make().finally(() => {
      this.#making = undefined;
    });
    return this.#making;
  }

  async #make(): Promise<HealthAnswer> {
    const text = await this.#source.metrics();
    return { status: 200, contentType: this.#source.contentType, body: Buffer.from(text) };
  }
}

/** Answers `GET /healthz` while the process lives, and `GET /metrics`. A busy port is a warning, not a stop. */
export class HealthPort implements Part {
  readonly name = 'health port';
  readonly #options: HealthPortOptions;
  readonly #ownNames: ReadonlySet<string>;
  readonly #metrics: SharedMetrics | undefined;
  readonly #server: Server;

  constructor(options: HealthPortOptions) {
    const { allowedHosts, metrics } = options;
    this.#options = options;
    this.#ownNames = new Set(allowedHosts);
    this.#metrics = metrics === undefined ? undefined : new SharedMetrics(metrics);
    this.#server = createGuardedServer({
      ...options,
      answer: (request, response) => void this.#answer(request, response),
    });
  }

  async start(): Promise<void> {
    const { host, port, publishedOn = host, logger } = this.#options;
    if (port === 0) return;
    try {
      const bound = await listen(this.#server, host, port, 'HEALTH_HOST and HEALTH_PORT');
      logger.debug(`health: http://${host}:${bound}/healthz`);
      if (!isThisMachineOnly(publishedOn)) logger.warn(exposureWarning(host, bound));
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      logger.warn(`no health port: ${error.message}`);
    }
  }

  stop(): Promise<void> {
    return closeServer(this.#server);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      send(response, await this.#answerTo(request));
    } catch (error) {
      const what = request.url === '/metrics' ? 'metrics' : 'health';
      this.#options.logger.error(`${what} could not be made`, { error: String(error) });
      send(response, jsonAnswer(500, { error: `the ${what} could not be made; the log says why` }));
    }
  }

  async #answerTo({ method, url, headers }: IncomingMessage): Promise<HealthAnswer> {
    if (headers.host !== undefined && !isOwnHost(headers.host, this.#ownNames)) return FORBIDDEN_HOST;
    const path = method === 'GET' || method === 'HEAD' ? url : undefined;
    if (path === '/healthz') return jsonAnswer(200, { status: 'ok', ...this.#options.facts() });
    if (path === '/metrics' && this.#metrics !== undefined) return this.#metrics.read();
    const hint = this.#metrics === undefined ? 'GET /healthz' : 'GET /healthz or GET /metrics';
    return jsonAnswer(404, { error: `not found: try ${hint}` });
  }
}

function exposureWarning(host: string, port: number): string {
  return (
    `HEALTH_HOST is ${host}: whoever reaches port ${port} can read /healthz and /metrics, without a token. Set ` +
    'HEALTH_HOST=127.0.0.1, or let only Prometheus reach it (of a container, do not publish the port)'
  );
}
