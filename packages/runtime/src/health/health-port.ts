import { createServer } from 'node:http';
import { closeServer, listen } from '../lifecycle/listen.ts';
import { StartError } from '../lifecycle/run-main.ts';
import type { Part } from '../lifecycle/run-service.ts';
import type { Logger } from '../log/logger.ts';

export interface HealthPortOptions {
  readonly host: string;
  /** 0 = off. */
  readonly port: number;
  readonly logger: Logger;
  /** Facts about the service, shown as JSON beside `"status":"ok"`. */
  readonly facts: () => Readonly<Record<string, unknown>>;
}

/** Answers `GET /healthz` while the process lives. A busy port is a warning, not a stop. */
export function createHealthPort({ host, port, logger, facts }: HealthPortOptions): Part {
  const server = createServer((request, response) => {
    const found = request.url === '/healthz' && (request.method === 'GET' || request.method === 'HEAD');
    const body = found ? { status: 'ok', ...facts() } : { error: 'not found: try GET /healthz' };
    response.writeHead(found ? 200 : 404, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
    });
    response.end(`${JSON.stringify(body)}\n`);
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
