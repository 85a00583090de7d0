import type { Refusal } from '../http/refusal.ts';

const CHALLENGE = 'Bearer realm="mediamtx-monitor"';

/** What an address may have only so much of in a minute. */
export type LimitedUse = 'request' | 'file' | 'work';

const LIMITS: Readonly<Record<LimitedUse, (perMinute: number) => string>> = {
  request: (perMinute) => `An address may ask ${perMinute} times a minute`,
  file: (perMinute) => `An address may ask for ${perMinute} files of the dashboard a minute`,
  work: (perMinute) => `Answers for an address may take ${perMinute} ms of work a minute`,
};

export function tooManyRequests(what: LimitedUse, perMinute: number, waitMs: number): Refusal {
  const seconds = Math.ceil(waitMs / 1_000);
  return {
    code: 'too-many-requests',
    detail: `${LIMITS[what](perMinute)}; ask again in ${seconds} s.`,
    headers: { 'Retry-After': String(seconds) },
  };
}

export const FORBIDDEN_HOST: Refusal = {
  code: 'forbidden-host',
  detail:
    'Without tokens this service answers under localhost, IP addresses and the names in ALLOWED_HOSTS only; ' +
    'use one of them, or add this name there.',
};

/** Of what a browser has sent, so much is said again. */
const MAX_SHOWN = 100;

/**
 * @param origin of the page, where its browser says it
 * @param host that this service was asked under
 */
export function forbiddenOrigin(origin = 'another address', host = 'no name'): Refusal {
  const [page, own] = [origin, host].map((text) => text.slice(0, MAX_SHOWN));
  return {
    code: 'forbidden-origin',
    detail:
      `A page of ${page} asks, and this service was asked as ${own}. If both are meant to be the same, the proxy ` +
      'in front has to pass on the Host it was asked for (nginx: proxy_set_header Host $http_host); a page of ' +
      'another address needs its origin in ALLOWED_ORIGINS.',
  };
}

export const NO_TOKEN: Refusal = {
  code: 'unauthorized',
  detail:
    'Send a token as "Authorization: Bearer <token>"; for WebSocket also as subprotocol "bearer.<token>", or a ' +
    'ticket of POST /api/tickets as ?ticket=.',
  headers: { 'WWW-Authenticate': CHALLENGE },
};

export const INVALID_TOKEN: Refusal = {
  code: 'unauthorized',
  detail:
    'This token or ticket is not valid, or no longer: tickets hold for a minute, and tokens may be removed.',
  headers: { 'WWW-Authenticate': `${CHALLENGE}, error="invalid_token"` },
};

export const WRITES_OFF: Refusal = {
  code: 'writes-off',
  detail:
    'Nobody may change anything here: that takes tokens, and the name of one of them in API_OPERATORS. ' +
    'docs/operations.md says how to make one.',
};

/** @param name of the token */
export function notOperator(name: string): Refusal {
  return {
    code: 'not-operator',
    detail: `The token "${name}" may only read; whose name stands in API_OPERATORS may change something.`,
  };
}

export const TICKETS_OFF: Refusal = {
  code: 'tickets-off',
  detail: 'This service has no tokens, so nobody needs a ticket: ask without one.',
};
