import type { Response } from 'express';
import type { Problem } from '@mediamtx-monitor/types';

/** Answers with JSON that is ready, as it is; 304 where the client's `If-None-Match` names the `ETag` set before. */
export function sendJsonBytes(response: Response, body: Buffer): void {
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Cache-Control', 'no-cache');
  response.send(body);
}

/** Answers with a value. */
export function sendJson(response: Response, value: unknown): void {
  sendJsonBytes(response, Buffer.from(JSON.stringify(value)));
}

/** Answers with a problem document. */
export function sendProblem(response: Response, problem: Problem): void {
  response.status(problem.status);
  response.setHeader('Content-Type', 'application/problem+json');
  response.setHeader('Cache-Control', 'no-store');
  response.send(Buffer.from(JSON.stringify(problem)));
}
