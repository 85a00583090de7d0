import type { Way } from '../model/preview.ts';
import { playHls } from './play-hls.ts';
import { playWhep } from './play-whep.ts';
import { PlayError } from './play-error.ts';

const NAMES = { webrtc: 'WebRTC', hls: 'HLS' } as const;

/**
 * Plays the first way that works.
 * @returns the protocol that plays, as it is written
 * @throws {PlayError} of the last way, when none works
 */
export async function playFirst(
  ways: readonly Way[],
  video: HTMLVideoElement,
  stopped: AbortSignal,
): Promise<string> {
  let last: unknown;
  for (const { protocol, url } of ways) {
    const attempt = new AbortController();
    const end = (): void => {
      attempt.abort();
    };
    stopped.addEventListener('abort', end);
    try {
      await (protocol === 'webrtc' ? playWhep : playHls)(url, video, attempt.signal);
      return NAMES[protocol];
    } catch (error) {
      end();
      last = error;
    }
    if (stopped.aborted) break;
  }
  throw PlayError.of(last);
}
