import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RouteBody } from './route.ts';
import { type Refusal, RefusedError } from './refusal.ts';

/** What people send is small. */
const MAX_BODY_BYTES = 4_096;
/** JSON is UTF-8, whether that is said or not. */
const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;
/** Longest text of joi that is said again: what somebody sent stands in it. */
const MAX_REASON_LENGTH = 200;

const TOO_LARGE: Refusal = {
  code: 'body-too-large',
  detail: `The body of a request may have ${MAX_BODY_BYTES} bytes.`,
};
const NOT_JSON_TYPE: Refusal = {
  code: 'unsupported-media-type',
  detail: 'Send JSON in UTF-8, uncompressed, with "Content-Type: application/json".',
};
const NOT_JSON: Refusal = { code: 'invalid-body', detail: 'The body is no JSON.' };
const TOO_SLOW: Refusal = {
  code: 'request-timeout',
  detail: 'The body was not there in time; send it at once.',
};

/** What a body may be refused with. */
export const BODY_PROBLEMS = [
  'invalid-body',
  'request-timeout',
  'body-too-large',
  'unsupported-media-type',
] as const;

/**
 * Reads the JSON that a request brings, as its schema wants it; one without a body brings an empty object where none has
 * to be there. (Express's own reads a body that is too large to its end before it refuses it.)
 * @param withinMs in which it has to come
 * @throws {RefusedError} one of `BODY_PROBLEMS`; the connection is closed where more of the body may come
 */
export async function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  { schema, required }: RouteBody,
  withinMs: number,
): Promise<unknown> {
  const isThere = hasBody(request);
  if (!isThere && required) throw new RefusedError(NOT_JSON);
  const value = isThere ? parsed(await readBytes(request, response, withinMs)) : {};
  const result = schema.validate(value);
  if (result.error === undefined) return result.value;
  const detail = `${result.error.message.slice(0, MAX_REASON_LENGTH)}.`;
  throw new RefusedError({ code: 'invalid-body', detail });
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** By what stands in its headers. */
function refusalOf({ headers }: IncomingMessage): Refusal | undefined {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = headers;
  if (!JSON_TYPE.test(type) || encoding !== 'identity') return NOT_JSON_TYPE;
  return Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES ? TOO_LARGE : undefined;
}

function readBytes(request: IncomingMessage, response: ServerResponse, withinMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const stop = (): void => {
      clearTimeout(late);
      request.off('data', take).off('end', finish).off('close', leave).pause();
    };
    const refuse = (refusal: Refusal): void => {
      stop();
      response.shouldKeepAlive = false;
      reject(new RefusedError(refusal));
    };
    const take = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) refuse(TOO_LARGE);
      else chunks.push(chunk);
    };
    const finish = (): void => {
      stop();
      resolve(Buffer.concat(chunks));
    };
    const leave = (): void => {
      refuse(NOT_JSON);
    };
    const late = setTimeout(() => {
      refuse(TOO_SLOW);
    }, withinMs).unref();
    const refusal = refusalOf(request);
    if (refusal === undefined) request.on('data', take).on('end', finish).on('close', leave);
    else refuse(refusal);
  });
}

/** @throws {RefusedError} `invalid-body` */
function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new RefusedError(NOT_JSON);
  }
}
