import { useEffect, useRef, useState } from 'preact/hooks';
import { useDashboard } from '../context.ts';
import { type StreamId } from '../model/listed.ts';
import { waysToPlay } from '../model/preview.ts';
import { Icon } from '../ui/icon.tsx';
import { PlayError, type PlayErrorCode } from './play-error.ts';
import { playFirst } from './play-first.ts';

type Stage =
  | { readonly name: 'off' | 'starting' }
  | { readonly name: 'playing'; readonly protocol: string }
  | { readonly name: 'failed'; readonly why: PlayErrorCode | 'no-address' | 'blocked' | 'no-api' };

/** Plays the stream when asked to, never by itself: a preview is one more viewer. */
export function PreviewPanel({ stream }: { readonly stream: StreamId }) {
  const { texts, previews } = useDashboard();
  const words = texts.value.preview;
  const [stage, setStage] = useState<Stage>({ name: 'off' });
  const video = useRef<HTMLVideoElement>(null);
  const playing = useRef<AbortController>(null);
  const stop = (): void => {
    playing.current?.abort();
    playing.current = null;
  };
  useEffect(() => stop, []);

  async function play(): Promise<void> {
    stop();
    const control = new AbortController();
    playing.current = control;
    setStage({ name: 'starting' });
    const next = await attempt(control.signal);
    if (!control.signal.aborted) setStage(next);
  }

  async function attempt(signal: AbortSignal): Promise<Stage> {
    const known = await previews().catch(() => undefined);
    if (known === undefined) return { name: 'failed', why: 'no-api' };
    const ways = waysToPlay(known, stream, location.protocol);
    if (ways.length === 0) return { name: 'failed', why: 'no-address' };
    const open = ways.filter(({ isBlocked }) => !isBlocked);
    if (open.length === 0) return { name: 'failed', why: 'blocked' };
    if (video.current === null) return { name: 'off' };
    try {
      return { name: 'playing', protocol: await playFirst(open, video.current, signal) };
    } catch (error) {
      return { name: 'failed', why: PlayError.of(error).code };
    }
  }

  return (
    <section class="card preview" aria-label={words.title}>
      <video
        ref={video}
        muted
        playsInline
        controls
        hidden={stage.name !== 'playing'}
        aria-label={words.title}
      />
      {stage.name === 'playing' ? (
        <p class="preview-foot">
          <span class="muted">{words.over(stage.protocol)}</span>
          <button
            type="button"
            class="button"
            onClick={() => {
              stop();
              setStage({ name: 'off' });
            }}
          >
            {words.stop}
          </button>
        </p>
      ) : (
        <div class="preview-start">
          <button
            type="button"
            class="button"
            disabled={stage.name === 'starting'}
            onClick={() => {
              void play();
            }}
          >
            <Icon name="play" />
            {stage.name === 'starting' ? words.starting : words.start}
          </button>
          <p class={stage.name === 'failed' ? 'preview-why' : 'muted'} role="status">
            {stage.name === 'failed' ? words.failed[stage.why] : words.hint}
          </p>
        </div>
      )}
    </section>
  );
}
