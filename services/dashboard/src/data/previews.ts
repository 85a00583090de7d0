import { type Preview, PREVIEW_PROTOCOLS, type PreviewProtocol } from '@mediamtx-monitor/types';
import { type Play, type Playback, PlayError } from './playback.ts';
import type { StreamId } from './view.ts';

/** Asks where streams can be played. @throws when the API doesn't answer as it should */
export async function fetchPreviews(
  base: string,
  token: string | undefined,
  request: typeof fetch,
): Promise<readonly Preview[]> {
  const headers: HeadersInit = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  const answer = await request(`${base.replace(/\/+$/, '')}/api/previews`, { headers });
  if (!answer.ok) throw new Error(`The API answered ${answer.status}`);
  const body: unknown = await answer.json();
  const items = isObject(body) && Array.isArray(body['items']) ? (body['items'] as unknown[]) : [];
  return items.flatMap((item) => previewOf(item) ?? []);
}

function previewOf(item: unknown): Preview | undefined {
  if (!isObject(item)) return undefined;
  const { server, protocol, url } = item;
  if ((server !== null && typeof server !== 'string') || typeof url !== 'string' || !URL.canParse(url)) {
    return undefined;
  }
  return isProtocol(protocol) ? { server, protocol, url } : undefined;
}

function isProtocol(value: unknown): value is PreviewProtocol {
  return PREVIEW_PROTOCOLS.some((protocol) => protocol === value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** A way to play a stream. */
export interface PlaySource {
  readonly protocol: PreviewProtocol;
  readonly url: string;
  /** The page is https and this is http: browsers play no such thing. */
  readonly isBlocked: boolean;
}

const FILES: Readonly<Record<PreviewProtocol, string>> = { webrtc: 'whep', hls: 'index.m3u8' };
const ORDER: readonly PreviewProtocol[] = ['webrtc', 'hls'];
/** Names of this machine itself, which browsers trust without encryption. */
const LOCAL = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * Ways to play a stream, the best first: WebRTC comes within a second, HLS through nearly everything. A server's own
 * address goes before that of all servers.
 * @param pageProtocol of the page itself: `https:` or `http:`
 */
export function playSources(
  previews: readonly Preview[],
  stream: StreamId,
  pageProtocol: string,
): readonly PlaySource[] {
  return ORDER.flatMap((protocol) => {
    const all = previews.filter((preview) => preview.protocol === protocol);
    const preview =
      all.find(({ server }) => server === stream.server) ?? all.find(({ server }) => server === null);
    if (preview === undefined) return [];
    const url = `${preview.url}/${pathOf(stream.name)}/${FILES[protocol]}`;
    return [{ protocol, url, isBlocked: isMixed(url, pageProtocol) }];
  });
}

function pathOf(name: string): string {
  return name
    .split('/')
    .map((segment) => encodeURIComponent(segment.toWellFormed()))
    .join('/');
}

function isMixed(url: string, pageProtocol: string): boolean {
  const { protocol, hostname } = new URL(url);
  return pageProtocol === 'https:' && protocol === 'http:' && !LOCAL.test(hostname);
}

/** Scripts of another release aren't there any more. */
const outdated = (): never => {
  throw new PlayError('outdated');
};
/** How each protocol is played, by a script that is loaded for it, its name, and by when its first picture has to be there. */
const PLAYERS: Readonly<Record<PlaySource['protocol'], { play: Play; name: string; limitMs: number }>> = {
  webrtc: {
    play: async (...what) => (await import('./play-whep.ts').catch(outdated)).playWhep(...what),
    name: 'WebRTC',
    limitMs: 8_000,
  },
  hls: {
    play: async (...what) => (await import('./play-hls.ts').catch(outdated)).playHls(...what),
    name: 'HLS',
    limitMs: 12_000,
  },
};

/**
 * Plays the first way that works.
 * @returns the protocol that plays, as it is written
 * @throws {PlayError} of the last way, when none works
 */
export async function playFirst(
  sources: readonly PlaySource[],
  { video, signal: stopped, onEnd }: Playback,
): Promise<string> {
  let last: unknown;
  for (const { protocol, url } of sources) {
    if (stopped.aborted) break;
    const { play, name, limitMs } = PLAYERS[protocol];
    const attempt = new AbortController();
    const signal = AbortSignal.any([stopped, attempt.signal]);
    const limit = setTimeout(() => {
      attempt.abort(new PlayError('no-media'));
    }, limitMs);
    const end = (why: PlayError): void => {
      if (signal.aborted) return;
      attempt.abort();
      onEnd(why);
    };
    try {
      await Promise.race([play(url, { video, signal, onEnd: end }), aborted(signal)]);
      return name;
    } catch (error) {
      attempt.abort();
      last = error;
    } finally {
      clearTimeout(limit);
    }
  }
  throw PlayError.of(last);
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}
