import type { RequestHandler } from 'express';
import { sendJson } from './answer.ts';

/** `starting`: Redis has not answered yet; `leaving`: the process is about to end. */
export type Readiness = 'starting' | 'ready' | 'leaving';

/** `GET /healthz`: the process lives. */
export const healthz: RequestHandler = (_request, response) => {
  sendJson(response, { status: 'ok' });
};

/** `GET /readyz`: whether to send requests here. A later loss of Redis makes data stale, not the service unready. */
export function readyz(readiness: () => Readiness): RequestHandler {
  return (_request, response) => {
    const status = readiness();
    sendJson(response, { status }, { status: status === 'ready' ? 200 : 503 });
  };
}
