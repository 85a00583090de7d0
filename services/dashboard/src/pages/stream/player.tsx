import { useEffect, useState } from 'preact/hooks';
import { type PlaySource, playSources } from '../../data/previews.ts';
import type { StreamId } from '../../data/view.ts';
import type { Texts } from '../../i18n/en/index.ts';
import { useDashboard } from '../../ui/context.ts';
import { Icon } from '../../ui/icon.tsx';
import { type PreviewStage, usePreview } from '../use-preview.ts';

/** What a picture can be hoped for: of a stream that isn't live there may be none, on demand playing it starts it. */
export type PlayHope = 'live' | 'on-demand' | 'not-live';

interface PlayerProps {
  readonly stream: StreamId;
  readonly hope: PlayHope;
}

/** Plays the stream when asked to, never by itself: a preview is one more viewer. Its place is the same all along. */
export function Player({ stream, hope }: PlayerProps) {
  const { texts, previews } = useDashboard();
  const text = texts.value.preview;
  const [sources, setSources] = useState<readonly PlaySource[] | null>();
  const { stage, video, play, stop } = usePreview(stream);
  useEffect(() => {
    let isLeft = false;
    void findSources().then((found) => {
      if (!isLeft) setSources(found);
    });
    return () => {
      isLeft = true;
    };
  }, []);

  /** Where it can be played; `null` when the API doesn't say. */
  async function findSources(): Promise<readonly PlaySource[] | null> {
    const known = await previews().catch(() => null);
    return known && playSources(known, stream, location.protocol);
  }

  const isPlaying = stage.name === 'playing';
  const isOn = isPlaying || stage.name === 'starting';
  const lack = lackOf(sources, texts.value);
  // One button all along, so that the focus stays on it.
  return (
    <section class={isPlaying ? 'player player-on' : 'player'} aria-label={text.title}>
      <video ref={video} muted playsInline controls hidden={!isPlaying} aria-label={text.title} />
      <div class="player-cover">
        {sources !== undefined && lack === null && (
          <button
            type="button"
            class="button"
            onClick={() => {
              if (isOn) stop();
              else play();
            }}
          >
            <Icon name={isOn ? 'close' : 'play'} />
            {isOn ? text.stop : text.start}
          </button>
        )}
        <p class={stage.name === 'failed' ? 'player-why' : undefined} role="status">
          {lack ?? (sources !== undefined && stageText(stage, hope, texts.value))}
        </p>
      </div>
    </section>
  );
}

/** Why there is nothing to play with; `null` where there is something, or that isn't known. */
function lackOf(sources: readonly PlaySource[] | null | undefined, { preview }: Texts): string | null {
  if (sources == null) return null;
  if (sources.length === 0) return preview.failed['no-address'];
  return sources.every(({ isBlocked }) => isBlocked) ? preview.failed.blocked : null;
}

function stageText(stage: PreviewStage, hope: PlayHope, { preview, player }: Texts): string {
  switch (stage.name) {
    case 'off':
      if (hope === 'live') return preview.hint;
      return hope === 'on-demand' ? player.onDemand : player.notLive;
    case 'starting':
      return preview.starting;
    case 'playing':
      return preview.over(stage.protocol);
    case 'failed':
      return preview.failed[stage.why];
  }
}
