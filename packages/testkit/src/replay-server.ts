import { createServer } from 'node:http';
import { constructedList, type RecordedPhase, recordedList, type RecordedVersion } from './recorded.ts';

/**
 * What can be replayed: a version that was recorded, one that is constructed from its description, or nothing but what
 * is set.
 */
export type ReplayedVersion = RecordedVersion | '1.21.0-constructed' | 'nothing';

/** An answer of a server's. */
export interface ReplayedAnswer {
  readonly status?: number;
  readonly body: string;
}

/** A server that answers `/v3/<list>/list` and `/v3/info` with recorded bodies. */
export interface ReplayServer {
  readonly url: string;
  /** Moves on to the bodies of another phase. */
  readonly setPhase: (phase: RecordedPhase) => void;
  /** Answers one list with this body instead; `undefined` takes that back. Lists have the names they had first. */
  readonly setBody: (list: string, body: string | undefined) => void;
  /**
   * Answers `/v3/<route>` like this; `undefined` takes that back. A route is decoded, and has `path` of its query and
   * no more: `paths/forward/list?path=cam/one`.
   */
  readonly setAnswer: (route: string, answer: ReplayedAnswer | undefined) => void;
  /** Every route that was asked for, as {@link setAnswer} has it, in order. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

const LIST_PATH = /^(?:(\w+)\/list|(\w+)\/(conns|sessions|muxers)\/list|(info))$/;

/** The name that a route's list had first; the names that 1.21 gave are known to 1.21 only. */
function listOf(route: string, version: ReplayedVersion): string | undefined {
  const [, first, protocol, kind, info] = LIST_PATH.exec(route) ?? [];
  if (protocol === undefined || kind === undefined) return first ?? info;
  return version === '1.21.0-constructed' ? protocol + kind : undefined;
}

function routeOf(url: string): string {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const path = searchParams.get('path');
  const route = decodeURIComponent(pathname.replace(/^\/v3\//, ''));
  return path === null ? route : `${route}?path=${path}`;
}

/**
 * Starts a replay server on a free port of 127.0.0.1. Unrecorded lists answer 404, as MediaMTX does.
 * @param port another one than a free one, as that of a server that was closed
 */
export async function startReplayServer(
  version: ReplayedVersion,
  first: RecordedPhase = 't0',
  port = 0,
): Promise<ReplayServer> {
  let phase = first;
  const bodies = new Map<string, string>();
  const answers = new Map<string, ReplayedAnswer>();
  const asked: string[] = [];
  const recorded = (list: string): string | undefined => {
    if (version === 'nothing') return undefined;
    return version === '1.21.0-constructed'
      ? constructedList(list, phase)
      : recordedList(version, list, phase);
  };

  const server = createServer((request, response) => {
    const url = request.url ?? '';
    const route = url.startsWith('/v3/') ? routeOf(url) : '';
    asked.push(route);
    const answer = answers.get(route);
    const list = listOf(route, version);
    const body = answer?.body ?? (list === undefined ? undefined : (bodies.get(list) ?? recorded(list)));
    if (body === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found');
    } else {
      response.writeHead(answer?.status ?? 200, { 'content-type': 'application/json' }).end(body);
    }
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    setPhase: (next) => {
      phase = next;
    },
    setBody: (list, body) => {
      if (body === undefined) bodies.delete(list);
      else bodies.set(list, body);
    },
    setAnswer: (route, answer) => {
      if (answer === undefined) answers.delete(route);
      else answers.set(route, answer);
    },
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
