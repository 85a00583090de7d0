import { PlayError } from './play-error.ts';

const HLS_TYPE = 'application/vnd.apple.mpegurl';
const START_MS = 12_000;

/**
 * Plays a stream over HLS: by hls.js, which is loaded only now, or by the browser itself.
 * @returns when it plays
 * @throws {PlayError} when it can't be played
 */
export async function playHls(url: string, video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  const { default: Hls } = await import('hls.js/light');
  if (signal.aborted) return;
  if (!Hls.isSupported()) {
    await playNatively(url, video, signal);
    return;
  }
  // A worker would have to be made of a blob, which the page's policy doesn't allow.
  const hls = new Hls({
    enableWorker: false,
    lowLatencyMode: true,
    maxBufferLength: 10,
    backBufferLength: 10,
  });
  signal.addEventListener('abort', () => {
    hls.destroy();
  });
  const failed = new Promise<never>((_resolve, reject) => {
    hls.on(Hls.Events.ERROR, (_event, { fatal, response }) => {
      if (fatal) reject(PlayError.ofStatus(response?.code ?? 0));
    });
    setTimeout(() => {
      reject(new PlayError('no-media'));
    }, START_MS);
  });
  hls.loadSource(url);
  hls.attachMedia(video);
  await Promise.race([started(video), failed]);
}

async function playNatively(url: string, video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  if (video.canPlayType(HLS_TYPE) === '') throw new PlayError('unsupported');
  signal.addEventListener('abort', () => {
    video.removeAttribute('src');
    video.load();
  });
  video.src = url;
  await video.play();
}

async function started(video: HTMLVideoElement): Promise<void> {
  await new Promise((resolve) => {
    video.addEventListener('loadeddata', resolve, { once: true });
  });
  await video.play();
}
