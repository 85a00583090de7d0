import type { Way } from '../model/preview.ts';
import { PlayError } from './play-error.ts';
import { playHls } from './play-hls.ts';
import { playWhep } from './play-whep.ts';
import type { Play, Playback } from './playback.ts';

/** How each protocol is played, its name, and by when its first picture has to be there. */
const PLAYERS: Readonly<Record<Way['protocol'], { play: Play; name: string; limitMs: number }>> = {
  webrtc: { play: playWhep, name: 'WebRTC', limitMs: 8_000 },
  hls: { play: playHls, name: 'HLS', limitMs: 12_000 },
};

/**
 * Plays the first way that works.
 * @returns the protocol that plays, as it is written
 * @throws {PlayError} of the last way, when none works
 */
export async function playFirst(
  ways: readonly Way[],
  { video, signal: stopped, onEnd }: Playback,
): Promise<string> {
  let last: unknown;
  for (const { protocol, url } of ways) {
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
