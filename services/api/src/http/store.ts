import type { IncomingMessage, ServerResponse } from 'node:http';
import { RedisAwayError, RedisRefusedError } from '@mediamtx-monitor/runtime';
import { BusyError, type Reader } from '../feed/index.ts';
import { HistoryAwayError, HistoryRefusedError } from './history.ts';
import { RefusedError } from './refusal.ts';
import type { RouteContext } from './route.ts';

/** So long an answer may take, in ms: well below the time after which a connection on which nothing moves is cut. */
const ANSWER_WITHIN_MS = 25_000;

/** Who waits for an answer out of what is kept, until the client has left or that takes too long. */
export function readerOf(
  { askerOf }: Pick<RouteContext, 'askerOf'>,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
  withinMs = ANSWER_WITHIN_MS,
): Reader {
  const aborter = new AbortController();
  const late = setTimeout(() => {
    aborter.abort(new BusyError('too-slow'));
  }, withinMs).unref();
  response.once('close', () => {
    clearTimeout(late);
    aborter.abort(new BusyError('asker-gone'));
  });
  return { ...askerOf(request), signal: aborter.signal };
}

/** Why what is kept can't be had: codes of every route that answers with it. */
export const STORE_PROBLEMS = ['too-many-reads', 'store-unavailable', 'store-refused'] as const;
/** After what whoever finds no room may ask again, in seconds. */
const RETRY_AFTER_S = '2';

/**
 * What the Redis that keeps it answers, or the engine that keeps history.
 * @throws {RefusedError} one of `STORE_PROBLEMS` when it doesn't, or too many ask
 */
export async function fromStore<Value>(reading: Promise<Value>): Promise<Value> {
  try {
    return await reading;
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
}

const BUSY = {
  'store-busy': 'Too many are reading it.',
  'reads-waiting': 'Too many are reading it.',
  'too-slow': 'It took too long; less of it is answered sooner.',
  'asker-gone': 'Nobody waits for it any more.',
} as const satisfies Record<BusyError['code'], string>;

function refusalOf(error: unknown): RefusedError | undefined {
  const headers = { 'Retry-After': RETRY_AFTER_S };
  if (error instanceof RedisRefusedError) {
    const detail =
      `${error.message}. A key of another kind was written by something else: rename it, or delete it. User and ` +
      'password stand in REDIS_DURABLE_URL, or else in REDIS_URL; the user needs the rights that docs/operations.md lists.';
    return new RefusedError({ code: 'store-refused', detail });
  }
  if (error instanceof HistoryRefusedError) {
    return new RefusedError({ code: 'store-refused', detail: error.message });
  }
  if (error instanceof HistoryAwayError) {
    const more = error.cause === undefined ? '' : ' The log of the API says why.';
    return new RefusedError({ code: 'store-unavailable', detail: `${error.message}${more}`, headers });
  }
  if (error instanceof BusyError && error.code === 'reads-waiting') {
    const detail = 'Many reads of your address wait; ask for one after the other.';
    return new RefusedError({ code: 'too-many-reads', detail, headers });
  }
  if (!(error instanceof RedisAwayError || error instanceof BusyError)) return undefined;
  const why = error instanceof BusyError ? BUSY[error.code] : 'The Redis that keeps it does not answer.';
  const detail = `${why} Ask again in a moment.`;
  return new RefusedError({ code: 'store-unavailable', detail, headers });
}
