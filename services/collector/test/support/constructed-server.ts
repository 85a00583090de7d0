import { constructedBody, type RecordedPhase } from '@mediamtx-monitor/testkit';
import { type AnsweringServer, startAnsweringServer } from './answering-server.ts';

/** A server that answers as MediaMTX 1.21 is said to: constructed from its description, never recorded. */
export interface ConstructedServer extends AnsweringServer {
  /** Moves on to the bodies of another phase. */
  readonly setPhase: (phase: RecordedPhase) => void;
}

/** Entries of the configuration whose source is fetched on demand. */
const ON_DEMAND = ['ondemand'];
/** The body of each path's static source, by its file's name. */
const SOURCES = { unready: 'unready', ondemand: 'ondemand', pulled: 'pulled' };
export type ConstructedSources = Readonly<Record<keyof typeof SOURCES, string>>;

function bodyOf(
  path: string,
  query: URLSearchParams,
  phase: RecordedPhase,
  sources: Readonly<Record<string, string>>,
): string | undefined {
  const [, list] = /^\/v3\/((?:\w+\/)?\w+)\/list$/.exec(path) ?? [];
  if (path === '/v3/info') return constructedBody(`info.${phase}.json`);
  if (list === 'paths') return constructedBody(`paths.${phase}.json`);
  const [, source] = /^\/v3\/paths\/static-sources\/get\/(.+)$/.exec(path) ?? [];
  if (source !== undefined) {
    const file = sources[source];
    const moment = file === 'pulled' && phase === 't1' ? '.t1' : '';
    return file === undefined ? undefined : constructedBody(`static-sources.${file}${moment}.json`);
  }
  if (path === '/v3/paths/forward-dests/list') {
    const moment = { empty: '.empty', t0: '', t1: '.t1' }[phase];
    return constructedBody(
      query.get('path') === 'rtmp-cam'
        ? `forward-dests.rtmp-cam${moment}.json`
        : 'forward-dests.no-forwards.json',
    );
  }
  const [, confName] = /^\/v3\/config\/paths\/get\/(.+)$/.exec(path) ?? [];
  if (confName !== undefined) {
    return JSON.stringify({
      name: decodeURIComponent(confName),
      source: 'rtsp://user:hunter2@camera/',
      sourceOnDemand: ON_DEMAND.includes(confName),
      runOnDemand: '',
    });
  }
  // Only by its new name, though 1.21 answers to the old one, too.
  return list?.includes('/') === true
    ? constructedBody(`${list.replace('/', '_')}.${phase}.json`)
    : undefined;
}

/** Starts a server of constructed bodies. Whatever isn't there answers 404 as text, as MediaMTX does to unknown routes. */
export async function startConstructedServer(
  sources: ConstructedSources = SOURCES,
): Promise<ConstructedServer> {
  let phase: RecordedPhase = 't0';
  const server = await startAnsweringServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
    const body = bodyOf(pathname, searchParams, phase, sources);
    if (body === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found');
    } else {
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(body);
    }
  });
  return {
    ...server,
    setPhase: (next) => {
      phase = next;
    },
  };
}
