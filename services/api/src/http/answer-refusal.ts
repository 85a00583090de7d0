import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { answerPlainly } from './plain-answer.ts';
import { problemOf, type Refusal } from './refusal.ts';
import { SAFE_HEADERS } from './safe-headers.ts';

/** Answers a request with the problem document of a refusal. */
export function answerRefusal(response: ServerResponse, refusal: Refusal): void {
  const problem = problemOf(refusal);
  const body = Buffer.from(JSON.stringify(problem));
  response.writeHead(problem.status, {
    'Content-Type': 'application/problem+json',
    'Content-Length': body.length,
    'Cache-Control': 'no-store',
    ...SAFE_HEADERS,
    ...refusal.headers,
  });
  response.end(body);
}

/** Answers an upgrade request with a refusal and closes the connection. */
export function refuseUpgrade(request: IncomingMessage, socket: Duplex, refusal: Refusal): void {
  answerPlainly(
    (_request, response) => {
      answerRefusal(response, refusal);
    },
    request,
    socket,
  );
}
