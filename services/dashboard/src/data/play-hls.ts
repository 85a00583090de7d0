import { type Playback, PlayError } from './playback.ts';

const HLS_TYPE = 'application/vnd.apple.mpegurl';

/** Plays a stream over HLS: by hls.js, which is loaded only now, or by the browser itself. */
export async function playHls(url: string, playback: Playback): Promise<void> {
  const { video, signal, onEnd } = playback;
  const { default: Hls } = await import('hls.js/light').catch(() => {
    throw new PlayError('outdated');
  });
  if (signal.aborted) return;
  if (!Hls.isSupported()) {
    await playNatively(url, playback);
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
  const failed = new Promise<PlayError>((resolve) => {
    hls.on(Hls.Events.ERROR, (_event, { fatal, type, response }) => {
      if (!fatal) return;
      const isOfMedia = type === Hls.ErrorTypes.MEDIA_ERROR || type === Hls.ErrorTypes.MUX_ERROR;
      resolve(isOfMedia ? new PlayError('codec') : PlayError.ofStatus(response?.code ?? 0));
    });
  });
  hls.loadSource(url);
  hls.attachMedia(video);
  await Promise.race([started(video), failed.then((error) => Promise.reject(error))]);
  void failed.then(() => {
    onEnd(new PlayError('ended'));
  });
}

async function started(video: HTMLVideoElement): Promise<void> {
  await new Promise((resolve) => {
    video.addEventListener('loadeddata', resolve, { once: true });
  });
  await video.play();
}

async function playNatively(url: string, { video, signal, onEnd }: Playback): Promise<void> {
  if (video.canPlayType(HLS_TYPE) === '') throw new PlayError('unsupported');
  signal.addEventListener('abort', () => {
    video.removeAttribute('src');
    video.load();
  });
  video.src = url;
  await video.play();
  for (const event of ['ended', 'error']) {
    video.addEventListener(
      event,
      () => {
        onEnd(new PlayError('ended'));
      },
      { signal },
    );
  }
}
