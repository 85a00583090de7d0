import { useEffect } from 'preact/hooks';
import type { StreamId } from '../../data/view.ts';
import type { Texts } from '../../i18n/en/index.ts';
import { type ListedStream, lookOf, playsOnlyWhenAsked } from '../../model/streams.ts';
import { useDashboard } from '../../ui/context.ts';
import { Icon } from '../../ui/icon.tsx';
import { StreamName } from '../stream-cells.tsx';
import { type PreviewStage, usePreview } from '../use-preview.ts';
import { figure } from './figure.tsx';
import { useLook } from './look.ts';

interface TileProps {
  readonly listed: ListedStream;
  readonly isChosen: boolean;
  /** Whether it may be chosen beside those that are. */
  readonly mayBeChosen: boolean;
  /** Whether those that are chosen play. */
  readonly arePlayed: boolean;
  readonly onChoose: (isChosen: boolean) => void;
}

/** A stream on the wall: how it is, and its picture while someone looks at it or has asked for it. */
export function Tile({ listed, isChosen, mayBeChosen, arePlayed, onChoose }: TileProps) {
  const dashboard = useDashboard();
  const { preview, wall } = dashboard.texts.value;
  const { stream, health, stale } = listed;
  const isShy = playsOnlyWhenAsked(stream);
  const isOfChosen = isChosen && arePlayed;
  const { isLookedAt, asked, ask, listeners } = useLook();
  const isPlayed = asked ?? (!isShy && (isLookedAt || isOfChosen));
  const { stage, video } = useWhilePlayed(stream, isPlayed);
  const isPlaying = stage.name === 'playing';
  const look = lookOf(health, stream.state);
  return (
    <li class={stale ? `tile tile-${look} stale` : `tile tile-${look}`} {...listeners}>
      <div class="tile-picture">
        <video ref={video} muted playsInline hidden={!isPlaying} aria-label={wall.picture(stream.name)} />
        {!isPlaying && figure(listed, dashboard)}
        <p class="tile-status" role="status">
          {statusText(stage, preview)}
        </p>
      </div>
      <div class="tile-foot">
        <StreamName server={stream.server} name={stream.name} look={look} isTabStop />
        {isPlaying && <div class="tile-small">{figure(listed, dashboard)}</div>}
        <button
          type="button"
          class="button button-icon toggle"
          aria-pressed={isChosen}
          aria-label={wall.choose(stream.name)}
          title={wall.choose(stream.name)}
          disabled={!isChosen && !mayBeChosen}
          onClick={() => {
            onChoose(!isChosen);
          }}
        >
          <Icon name="check" />
        </button>
        <button
          type="button"
          class="button button-icon"
          aria-label={isPlayed ? wall.stopOne(stream.name) : wall.playOne(stream.name)}
          title={isPlayed ? wall.stop : isShy ? wall.onDemand : wall.play}
          onClick={() => {
            // It would begin again as one of those that play.
            if (isPlayed && isOfChosen) onChoose(false);
            ask(!isPlayed);
          }}
        >
          <Icon name={isPlayed ? 'close' : 'play'} />
        </button>
      </div>
    </li>
  );
}

/** Plays the stream as long as it is to be played. */
function useWhilePlayed(stream: StreamId, isPlayed: boolean) {
  const { stage, video, play, stop } = usePreview(stream);
  useEffect(() => {
    if (isPlayed) play();
    else stop();
  }, [isPlayed]);
  return { stage, video };
}

function statusText(stage: PreviewStage, text: Texts['preview']): string {
  if (stage.name === 'starting') return text.starting;
  return stage.name === 'failed' ? text.failed[stage.why] : '';
}
