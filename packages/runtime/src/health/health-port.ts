import { createServer, type ServerResponse } from 'node:http';
import { closeServer, listen } from '../lifecycle/listen.ts';
import { StartError } from '../lifecycle/run-main.ts';
import type { Part } from '../lifecycle/run-service.ts';
import type { Logger } from '../log/logger.ts';

/** Where metrics come from; a registry of prom-client is one. */
export interface MetricsSource {
  readonly contentType: string;
  /** All metrics in Prometheus' text format. */
  readonly metrics: () => Promise<string>;
}

export interface HealthPortOptions {
  readonly host: string;
  /** 0 = off. */
  readonly port: number;
  readonly logger: Logger;
  /** Facts about the service, shown as JSON beside `"status":"ok"`. */
  readonly facts: () => Readonly<Record<string, unknown>>;
  /** What `GET /metrics` tells; there is no such path without. */
  readonly metrics?: MetricsSource;
}

/** Answers `GET /healthz` while the process lives, and `GET /metrics`. A busy port is a warning, not a stop. */
export function createHealthPort({ host, port, logger, facts, metrics }: HealthPortOptions): Part {
  const hint = metrics === undefined ? 'GET /healthz' : 'GET /healthz or GET /metrics';
  const server = createServer((request, response) => {
    const path = request.method === 'GET' || request.method === 'HEAD' ? request.url : undefined;
    if (path === '/healthz') sendJson(response, 200, { status: 'ok', ...facts() });
    else if (path === '/metrics' && metrics !== undefined) void sendMetrics(response, metrics, logger);
    else sendJson(response, 404, { error: `not found: try ${hint}` });
  });
  return {
    name: 'health port',
    start: async () => {
      if (port === 0) return;
      try {
        const bound = await listen(server, host, port, 'HEALTH_HOST and HEALTH_PORT');
        logger.debug(`health: http://${host}:${bound}/healthz`);
      } catch (error) {
        if (!(error instanceof StartError)) throw error;
        logger.warn(`no health port: ${error.message}`);
      }
    },
    stop: () => closeServer(server),
  };
}

/** Never rejects. */
async function sendMetrics(response: ServerResponse, source: MetricsSource, logger: Logger): Promise<void> {
  try {
    const text = await source.metrics();
    send(response, 200, source.contentType, text);
  } catch (error) {
    logger.error('metrics could not be made', { error: String(error) });
    sendJson(response, 500, { error: 'the metrics could not be made; the log says why' });
  }
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json', `${JSON.stringify(value)}\n`);
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' });
  response.end(body);
}
