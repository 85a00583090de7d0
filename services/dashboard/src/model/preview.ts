import type { Preview, PreviewProtocol } from '@mediamtx-monitor/types';
import type { StreamId } from './listed.ts';

/** A way to play a stream. */
export interface Way {
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
export function waysToPlay(
  previews: readonly Preview[],
  stream: StreamId,
  pageProtocol: string,
): readonly Way[] {
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
