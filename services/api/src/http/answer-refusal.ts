import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { represent, send } from './answer.ts';
import { answerPlainly } from './plain-answer.ts';
import { problemOf, type Refusal } from './refusal.ts';

/** Answers a request with the problem document of a refusal. */
export function answerRefusal(response: ServerResponse, refusal: Refusal): void {
  const problem = problemOf(refusal);
  const answer = represent({
    status: problem.status,
    type: 'application/problem+json',
    body: Buffer.from(JSON.stringify(problem)),
    cacheControl: 'no-store',
    headers: Object.entries(refusal.headers ?? {}).flat(),
  });
  send(response, answer);
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
