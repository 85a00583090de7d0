import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { PlayError, type PlayErrorCode } from '../data/playback.ts';
import { playFirst, playSources } from '../data/previews.ts';
import type { StreamId } from '../data/view.ts';
import { useDashboard } from '../ui/context.ts';

export type PreviewStage =
  | { readonly name: 'off' | 'starting' }
  | { readonly name: 'playing'; readonly protocol: string }
  | { readonly name: 'failed'; readonly why: PlayErrorCode | 'no-address' | 'blocked' | 'no-api' };

interface PreviewControl {
  readonly stage: PreviewStage;
  /** Of the element that it is shown in. */
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly play: () => void;
  readonly stop: () => void;
}

/** Plays a stream between `play` and `stop`, at most until what shows it is left. */
export function usePreview(stream: StreamId): PreviewControl {
  const { previews } = useDashboard();
  const [stage, setStage] = useState<PreviewStage>({ name: 'off' });
  const video = useRef<HTMLVideoElement>(null);
  const playing = useRef<AbortController>(null);
  const end = (): void => {
    playing.current?.abort();
    playing.current = null;
  };
  useEffect(() => end, []);

  async function play(): Promise<void> {
    end();
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
    if (signal.aborted || video.current === null) return { name: 'off' };
    const onEnd = ({ code }: PlayError): void => {
      show({ name: 'failed', why: code });
    };
    try {
      return { name: 'playing', protocol: await playFirst(open, { video: video.current, signal, onEnd }) };
    } catch (error) {
      return { name: 'failed', why: PlayError.of(error).code };
    }
  }

  return {
    stage,
    video,
    play: () => void play(),
    stop: () => {
      end();
      setStage({ name: 'off' });
    },
  };
}
