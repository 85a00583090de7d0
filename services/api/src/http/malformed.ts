import { systemCode } from '@mediamtx-monitor/runtime';
import type { Refusal } from './refusal.ts';

const MALFORMED: Refusal = {
  code: 'malformed-request',
  detail: 'What was sent is not a request of HTTP/1.1.',
};

/** Refusals of what Node's parser gives up on, by its error codes. */
const BY_CODE: ReadonlyMap<string, Refusal> = new Map([
  [
    'HPE_HEADER_OVERFLOW',
    {
      code: 'headers-too-large',
      detail: 'The headers of a request, its URL included, may have 16 KiB; leave some out.',
    },
  ],
  [
    'ERR_HTTP_REQUEST_TIMEOUT',
    { code: 'request-timeout', detail: 'The request was not there in time; send its headers at once.' },
  ],
]);

/** The refusal of a request that was never read to its end, by the error that ended it. */
export function refusalOfError(error: Error): Refusal {
  return BY_CODE.get(systemCode(error)) ?? MALFORMED;
}

export const NO_HOST: Refusal = {
  code: 'malformed-request',
  detail: 'The request has no Host header, which HTTP/1.1 asks for.',
};

export const NO_EXPECTATION: Refusal = {
  code: 'expectation-failed',
  detail: 'Of Expect this service knows 100-continue only; leave the header out.',
};
