import { distortBody, distortPage, distortRequest } from '../faults/distort.ts';
import type { Fault } from '../faults/fault.ts';
import { replyInstead } from '../faults/instead.ts';
import type { Lists } from '../lists/catalogue.ts';
import { writeInfo } from '../lists/info.ts';
import { isListName, type ListName } from '../lists/names.ts';
import { cutPage, PagingError, readPageRequest, writePage } from '../lists/paging.ts';
import type { Version } from '../versions/version.ts';
import type { World } from '../world/model.ts';
import type { CredentialsVerdict } from './credentials.ts';
import { errorAnswer, json, notFound, unauthorized, type Reply } from './reply.ts';

/** A request to the API, as far as its answer depends on it. */
export interface ApiRequest {
  readonly method: string;
  /** `null` for a route that MediaMTX doesn't know. */
  readonly list: ListName | null;
  readonly query: URLSearchParams;
  readonly credentials: CredentialsVerdict;
}

/** What the answer depends on besides. */
export interface ApiState {
  readonly version: Version;
  readonly lists: Lists;
  readonly world: World;
  /** Monotonic time in ms. */
  readonly nowMs: number;
  /** What this request meets. */
  readonly fault: Fault | null;
  /** How late 401 comes after wrong credentials. */
  readonly delayAuth401Ms: number;
}

/** Which list a path asks for. */
export function listOfPath(path: string): ListName | null {
  if (path === '/v3/info') return 'info';
  const name = /^\/v3\/([a-z]+)\/list$/.exec(path)?.[1];
  return isListName(name) && name !== 'info' ? name : null;
}

/** Answers as that version of MediaMTX does, or as the fault has it. */
export function replyTo(request: ApiRequest, state: ApiState): Reply {
  const instead = state.fault === null ? null : replyInstead(state.fault, state.version);
  if (instead !== null) return instead;
  const answer = answerTo(request, state);
  if (state.fault?.kind !== 'slow' || typeof answer === 'string') return answer;
  return { ...answer, delayMs: state.fault.delayMs };
}

function answerTo({ method, list, query, credentials }: ApiRequest, state: ApiState): Reply {
  const { version, world, fault } = state;
  if (credentials === 'missing') {
    const headers = { 'WWW-Authenticate': 'Basic realm="mediamtx"' };
    return { ...unauthorized(version.unauthorized), headers };
  }
  if (credentials === 'wrong') {
    return { ...unauthorized(version.unauthorized), delayMs: state.delayAuth401Ms };
  }
  if (method !== 'GET' || list === null || version.lists[list] === undefined) return notFound();
  if (list === 'info') return json(distortBody(Buffer.from(writeInfo(world, version)), fault));
  return answerList(list, query, state);
}

function answerList(name: ListName, query: URLSearchParams, state: ApiState): Reply {
  const { version, world, nowMs, fault } = state;
  const list = state.lists[name];
  if (list === undefined) return notFound();
  try {
    const asked = distortRequest(readPageRequest(query), fault);
    if (asked.itemsPerPage === 0) return answerNoItems(version);
    const page = distortPage(cutPage(list.count(world), asked, version), fault);
    return json(distortBody(writePage(list, world, nowMs, page), fault));
  } catch (error) {
    if (error instanceof PagingError) return errorAnswer(version.errors, 400, error.message);
    throw error;
  }
}

/** Pages of 0 items. A server that exits cuts the connection. */
function answerNoItems({ zeroItemsPerPage, errors }: Version): Reply {
  return zeroItemsPerPage === 'exits' ? 'cut' : errorAnswer(errors, 400, 'invalid items per page');
}
