import { distortBody, distortPage, distortRequest } from '../faults/distort.ts';
import type { Fault } from '../faults/fault.ts';
import { replyInstead } from '../faults/instead.ts';
import { isListName, LISTS, type ListName } from '../lists/catalogue.ts';
import { writeInfo } from '../lists/info.ts';
import { cutPage, PagingError, readPageRequest, writePage } from '../lists/paging.ts';
import type { World } from '../world/model.ts';
import type { CredentialsVerdict } from './credentials.ts';
import { json, jsonError, notFound, unauthorized, type Answer, type Reply } from './reply.ts';

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

/** Answers as MediaMTX 1.20.1 does, or as the fault has it. */
export function replyTo(request: ApiRequest, state: ApiState): Reply {
  const instead = state.fault === null ? null : replyInstead(state.fault);
  if (instead !== null) return instead;
  const answer = answerTo(request, state);
  return state.fault?.kind === 'slow' ? { ...answer, delayMs: state.fault.delayMs } : answer;
}

function answerTo({ method, list, query, credentials }: ApiRequest, state: ApiState): Answer {
  if (credentials === 'missing') {
    return { ...unauthorized(), headers: { 'WWW-Authenticate': 'Basic realm="mediamtx"' } };
  }
  if (credentials === 'wrong') return { ...unauthorized(), delayMs: state.delayAuth401Ms };
  if (method !== 'GET' || list === null) return notFound();
  if (list === 'info') return json(distortBody(Buffer.from(writeInfo(state.world)), state.fault));
  return answerList(list, query, state);
}

function answerList(name: ListName, query: URLSearchParams, { world, nowMs, fault }: ApiState): Answer {
  const list = LISTS[name];
  if (list === undefined) return notFound();
  try {
    const asked = distortRequest(readPageRequest(query), fault);
    const page = distortPage(cutPage(list.count(world), asked), fault);
    return json(distortBody(writePage(list, world, nowMs, page), fault));
  } catch (error) {
    if (error instanceof PagingError) return jsonError(400, error.message);
    throw error;
  }
}
