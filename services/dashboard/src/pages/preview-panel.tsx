import { useEffect, useRef, useState } from 'preact/hooks';
import { PlayError, type PlayErrorCode } from '../data/playback.ts';
import { playFirst, playSources } from '../data/previews.ts';
import type { StreamId } from '../data/view.ts';
import type { Texts } from '../i18n/en/index.ts';
import { useDashboard } from '../ui/context.ts';
import { Icon } from '../ui/icon.tsx';

type PreviewStage =
  | { readonly name: 'off' | 'starting' }
  | { readonly name: 'playing'; readonly protocol: string }
  | { readonly name: 'failed'; readonly why: PlayErrorCode | 'no-address' | 'blocked' | 'no-api' };

/** Plays the stream when asked to, never by itself: a preview is one more viewer. */
export function PreviewPanel({ stream }: { readonly stream: StreamId }) {
  const { texts, previews } = useDashboard();
  const text = texts.value.preview;
  const [stage, setStage] = useState<PreviewStage>({ name: 'off' });
  const video = useRef<HTMLVideoElement>(null);
  const playing = useRef<AbortController>(null);
  const stop = (): void => {
    playing.current?.abort();
    playing.current = null;
  };
  useEffect(() => stop, []);

  async function play(): Promise<void> {
    const control = new AbortController();
    playing.current = control;
    const show = (next: PreviewStage): void => {
      if (!control.signal.aborted) setStage(next);
    };
    show({ name: 'starting' });
    show(await attempt(control.signal, show));
  }

  async function attempt(signal: AbortSignal, show: (next: PreviewStage) => void): Promise<PreviewStage> {
    const known = await previews().catch(() => undefined);
    if (known === undefined) return { name: 'failed', why: 'no-api' };
    const sources = playSources(known, stream, location.protocol);
    if (sources.length === 0) return { name: 'failed', why: 'no-address' };
    const open = sources.filter(({ isBlocked }) => !isBlocked);
    if (open.length === 0) return { name: 'failed', why: 'blocked' };
    if (video.current === null) return { name: 'off' };
    const onEnd = ({ code }: PlayError): void => {
      show({ name: 'failed', why: code });
    };
    try {
      return { name: 'playing', protocol: await playFirst(open, { video: video.current, signal, onEnd }) };
    } catch (error) {
      return { name: 'failed', why: PlayError.of(error).code };
    }
  }

  const isPlaying = stage.name === 'playing';
  const isOn = isPlaying || stage.name === 'starting';
  // One button all along, so that the focus stays on it.
  return (
    <section class="card preview" aria-label={text.title}>
      <video ref={video} muted playsInline controls hidden={!isPlaying} aria-label={text.title} />
      <div class={isPlaying ? 'preview-foot' : 'preview-start'}>
        <button
          type="button"
          class="button"
          onClick={() => {
            if (isOn) {
              stop();
              setStage({ name: 'off' });
            } else void play();
          }}
        >
          <Icon name={isOn ? 'close' : 'play'} />
          {isOn ? text.stop : text.start}
        </button>
        <p class={stage.name === 'failed' ? 'preview-why' : 'muted'} role="status">
          {stageText(stage, text)}
        </p>
      </div>
    </section>
  );
}

function stageText(stage: PreviewStage, text: Texts['preview']): string {
  switch (stage.name) {
    case 'off':
      return text.hint;
    case 'starting':
      return text.starting;
    case 'playing':
      return text.over(stage.protocol);
    case 'failed':
      return text.failed[stage.why];
  }
}
