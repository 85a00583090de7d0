import type { ListFailure } from '../facts.ts';
import {
  adviceOnRefusedAccess,
  adviceOnRefusedConnection,
  adviceOnUnknownHost,
  type AskedServer,
} from './advice.ts';

/** A list that is not what MediaMTX sends; the message says in what way. */
export class InvalidAnswerError extends Error {
  readonly code = 'invalid-answer';
}

const MAX_QUOTED = 160;

const quoted = (text: string): string => text.slice(0, MAX_QUOTED);

const failed = (status: ListFailure['status'], error: string): ListFailure => ({
  kind: 'failed',
  status,
  error,
});

/** The failure of a connection that could not be made or was cut, from the system's error code. */
export function connectionFailure(server: AskedServer, code: string, message: string): ListFailure {
  const { url } = server;
  switch (code) {
    case 'ECONNREFUSED':
      return failed(
        'down',
        `MediaMTX refused the connection at ${url}: ${adviceOnRefusedConnection(server)}`,
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return failed('down', `The host of ${url} can't be found (${code}). ${adviceOnUnknownHost(server)}`);
    case 'ECONNRESET':
    case 'EPIPE':
      return failed('down', `MediaMTX at ${url} cut the connection.`);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return failed(
        'down',
        `The host of ${url} can't be reached (${code}). Check network and MEDIAMTX_API_URL.`,
      );
    default:
      return failed('error', `Asking ${url} failed: ${quoted(message)}${code === '' ? '' : ` (${code})`}.`);
  }
}

/** The failure of a request that got no complete answer in time. */
export function timeoutFailure(url: string, timeoutMs: number): ListFailure {
  return failed('timeout', `MediaMTX at ${url} did not answer within ${timeoutMs} ms.`);
}

/** Whether an HTTP status says that the credentials don't do. */
export function isRefusal(status: number): boolean {
  return status === 401 || status === 403;
}

/** The failure of a refused request, with the lines that let it pass. */
export function unauthorizedFailure(server: AskedServer): ListFailure {
  return failed(
    'unauthorized',
    `MediaMTX at ${server.url} refused access (401): ${adviceOnRefusedAccess(server)}`,
  );
}

/** The failure of any other HTTP status. */
export function statusFailure(url: string, list: string, status: number): ListFailure {
  const advice = status === 404 ? ' That is no MediaMTX from 1.2.0 on; check MEDIAMTX_API_URL.' : '';
  return failed('error', `${url} answered HTTP ${status} for ${list}.${advice}`);
}

/** The failure of an answer that isn't what MediaMTX sends. */
export function invalidFailure(url: string, list: string, reason: string): ListFailure {
  return failed('invalid', `${url} sent a wrong answer for ${list}: ${quoted(reason)}.`);
}

/** The failure of all lists when their answers hold more than a tick may. */
export function overBudgetFailure(url: string, reason: string): ListFailure {
  return failed('invalid', `${url} sent more than is read at once: ${reason}.`);
}
