import type { CallAnswer } from '../http-call.ts';
import { MAX_RETRY_AFTER_MS } from '../model.ts';
import { DELIVERED, type TryEnding, failed } from './ending.ts';

const SECOND_MS = 1_000;

/**
 * How a try went, by the answer to it.
 * @param url that was asked; only its host is told
 * @param wallMs Unix time, where the answer doesn't say what time it is there
 */
export function endingOf(
  { status, headers }: Omit<CallAnswer, 'body'>,
  url: URL,
  kind: { readonly canBeGone: boolean; readonly advice: string },
  wallMs: number,
): TryEnding {
  if (status >= 200 && status < 300) return DELIVERED;
  const answered = `${url.host} answered with ${status}`;
  if (status === 410 && kind.canBeGone) {
    return { outcome: 'gone', error: `${answered}: it doesn’t exist any more`, retryAfterMs: null };
  }
  const retryAfterMs = retryAfterOf(headers, wallMs);
  const location = headers['location'];
  if (status >= 300 && status < 400 && typeof location === 'string') {
    const host = URL.canParse(location, url.href) ? new URL(location, url.href).host : '';
    const place = host === '' || host === url.host ? 'another address there' : host;
    return failed(`${answered}, a redirect to ${place}, which isn’t followed: ${kind.advice}`, retryAfterMs);
  }
  const isRefused = status >= 400 && status < 500 && status !== 429 && status !== 408;
  return failed(isRefused ? `${answered}: ${kind.advice}` : answered, retryAfterMs);
}

/**
 * How long a target wants not to be asked, in ms, at most an hour; `null` where it doesn't say. A date counts from the
 * answer's own, since clocks may differ.
 */
function retryAfterOf(headers: CallAnswer['headers'], wallMs: number): number | null {
  const said = headers['retry-after'];
  if (typeof said !== 'string') return null;
  const text = said.trim();
  if (!/^(\d+$|[A-Z][a-z]+)/.test(text)) return null;
  const date = headers['date'];
  const answeredMs = typeof date === 'string' ? Date.parse(date) : Number.NaN;
  const ms = /^\d+$/.test(text)
    ? Number(text) * SECOND_MS
    : Date.parse(text) - (Number.isNaN(answeredMs) ? wallMs : answeredMs);
  return Number.isNaN(ms) ? null : boundedRetryMs(ms);
}

/** A wait of this length, but no longer than an hour, nor less than none. */
export function boundedRetryMs(ms: number): number {
  return Math.min(Math.max(0, ms), MAX_RETRY_AFTER_MS);
}
