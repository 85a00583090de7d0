import { createFakeClock, type FakeClock } from '@mediamtx-monitor/testkit';
import type { PathAnswers, PathFact } from '../../src/facts.ts';
import type { ServerRun } from '../../src/poll/list-names.ts';
import { PathAsker } from '../../src/poll/path-asker.ts';
import { Budget, TICK_LIMITS } from '../../src/poll/budget.ts';
import { createRequest } from '../../src/poll/request.ts';
import { startAnsweringServer } from './answering-server.ts';
import { items, pathOf, pollOf, type RawItem } from './polls.ts';

/** An answer of a MediaMTX. */
export interface MediamtxReply {
  readonly status: number;
  readonly body: string;
  readonly type: string;
}

export const TIMEOUT_MS = 20_000;
export const V1_21: ServerRun = { version: 'v1.21.0', naming: 'new', run: 0 };
export const V1_20: ServerRun = { version: 'v1.20.1', naming: 'old', run: 0 };

/** What MediaMTX says to an unknown route. */
export const NOT_FOUND: MediamtxReply = { status: 404, body: '404 page not found', type: 'text/plain' };
export const json = (body: string, status = 200): MediamtxReply => ({
  status,
  body,
  type: 'application/json; charset=utf-8',
});
export const configuration = (fields: object): MediamtxReply =>
  json(JSON.stringify({ name: 'x', ...fields }));
export const ON_DEMAND = configuration({ sourceOnDemand: true, runOnDemand: '' });

/** A MediaMTX and what asks it about paths. */
export interface AnsweringPaths {
  readonly clock: FakeClock;
  readonly url: string;
  readonly close: () => Promise<void>;
  readonly known: () => PathAnswers;
  readonly ask: (paths: readonly PathFact[], run?: ServerRun, timeoutMs?: number) => Promise<PathAnswers>;
  /** What was asked since the last time. */
  readonly asked: () => string[];
}

/** A MediaMTX that gives these answers, by what stands behind `/v3/`; `null` = it never answers. */
export async function answeringPaths(
  replies: Record<string, MediamtxReply | null>,
  fallback: MediamtxReply = NOT_FOUND,
): Promise<AnsweringPaths> {
  let seen = 0;
  const running = await startAnsweringServer((request, response) => {
    const reply = replies[request.url?.slice('/v3/'.length) ?? ''];
    if (reply === null) return;
    const { status, body, type } = reply ?? fallback;
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  const clock = createFakeClock();
  const asker = new PathAsker(createRequest(running.url, null, clock.monotonicMs), clock.monotonicMs);
  return {
    clock,
    url: running.url,
    close: running.close,
    known: () => asker.known,
    ask: (paths, run = V1_21, timeoutMs = TIMEOUT_MS) =>
      asker.ask(paths, run, new Budget(TICK_LIMITS), timeoutMs),
    asked: (): string[] => {
      const urls = running.asked.slice(seen).map((url) => url.slice('/v3/'.length));
      seen = running.asked.length;
      return urls;
    },
  };
}

/** A path as it is listed. */
export const listed = (item: RawItem & { readonly name: string }): PathFact =>
  pathOf(pollOf({ paths: items(item) }), item.name);
export const live = (name: string, confName: string | null = null) =>
  listed({ name, confName, source: { type: 'srtConn', id: '1' }, ready: true });
export const pulled = (name: string, confName: string | null = null) =>
  listed({ name, confName, source: { type: 'rtspSource', id: '' }, ready: false, online: true });
