import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { PROBLEMS, type Problem, type ProblemCode } from '@mediamtx-monitor/types';

/** Why a WebSocket isn't opened. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly detail: string;
}

/** Answers an upgrade request with a problem document (RFC 9457) and closes the connection. */
export function refuseUpgrade(socket: Duplex, { code, detail }: Refusal): void {
  const problem: Problem = { type: 'about:blank', ...PROBLEMS[code], detail, code };
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    'Connection: close',
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
  ];
  socket.once('finish', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
