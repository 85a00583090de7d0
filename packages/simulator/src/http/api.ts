import { distortBody, distortPage, distortRequest } from '../faults/distort.ts';
import type { Fault } from '../faults/fault.ts';
import { replyInstead } from '../faults/instead.ts';
import type { AnswerContent, Items } from '../lists/content.ts';
import { cutPage, PagingError, readPageRequest, writePage } from '../lists/paging.ts';
import type { Version } from '../versions/version.ts';
import type { CredentialsVerdict } from './credentials.ts';
import { errorAnswer, json, notFound, unauthorized, type Reply } from './reply.ts';

/** A request to the API, as far as its answer depends on it. */
export interface ApiRequest {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly credentials: CredentialsVerdict;
}

/** What the answer depends on besides. */
export interface ApiState {
  readonly version: Version;
  /** What the server has of that which is asked for; `null` where it is off, or no route. */
  readonly content: AnswerContent | null;
  /** What this request meets. */
  readonly fault: Fault | null;
  /** How late 401 comes after wrong credentials. */
  readonly delayAuth401Ms: number;
}

/** Answers as that version of MediaMTX does, or as the fault has it. */
export function replyTo(request: ApiRequest, state: ApiState): Reply {
  const instead = state.fault === null ? null : replyInstead(state.fault, state.version);
  if (instead !== null) return instead;
  const answer = answerTo(request, state);
  if (state.fault?.kind !== 'slow' || typeof answer === 'string') return answer;
  return { ...answer, delayMs: state.fault.delayMs };
}

function answerTo({ method, query, credentials }: ApiRequest, state: ApiState): Reply {
  const { version, content, fault } = state;
  if (credentials === 'missing') {
    const headers = { 'WWW-Authenticate': 'Basic realm="mediamtx"' };
    return { ...unauthorized(version.unauthorized), headers };
  }
  if (credentials === 'wrong') {
    return { ...unauthorized(version.unauthorized), delayMs: state.delayAuth401Ms };
  }
  if (method !== 'GET' || content === null) return notFound();
  if (content.kind === 'reply') return content.reply;
  if (content.kind === 'object') return json(distortBody(Buffer.from(content.json), fault));
  return answerList(content.items, query, state);
}

function answerList(items: Items, query: URLSearchParams, { version, fault }: ApiState): Reply {
  try {
    const asked = distortRequest(readPageRequest(query), fault);
    if (asked.itemsPerPage === 0) return answerNoItems(version);
    const page = distortPage(cutPage(items.count, asked, version), fault);
    return json(distortBody(writePage(items, page), fault));
  } catch (error) {
    if (error instanceof PagingError) return errorAnswer(version.errors, 400, error.message);
    throw error;
  }
}

/** Pages of 0 items. A server that exits cuts the connection. */
function answerNoItems({ zeroItemsPerPage, errors }: Version): Reply {
  return zeroItemsPerPage === 'exits' ? 'cut' : errorAnswer(errors, 400, 'invalid items per page');
}
