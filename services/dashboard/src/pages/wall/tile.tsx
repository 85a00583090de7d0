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
  readonly onChoose: (isChosen: boolean) => void;
  /** Whether it plays until someone says otherwise: asked for by itself, or as one of those that are chosen. */
  readonly isAsked: boolean;
  readonly isOfChosen: boolean;
  /** Whether it may play beside those that do. */
  readonly mayPlay: boolean;
  readonly onPlay: (isPlayed: boolean) => void;
}

/** A stream on the wall: how it is, and its picture while someone looks at it or has asked for it. */
export function Tile(props: TileProps) {
  const { listed, isChosen, mayBeChosen, onChoose, isAsked, isOfChosen, mayPlay, onPlay } = props;
  const dashboard = useDashboard();
  const { preview, wall } = dashboard.texts.value;
  const { stream, health, stale } = listed;
  const isShy = playsOnlyWhenAsked(stream);
  const { isLookedAt, dismiss, listeners } = useLook();
  const isOn = isAsked || (isOfChosen && !isShy);
  const { stage, video } = useWhilePlayed(stream, isOn || (isLookedAt && !isShy));
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
        <label class="button button-icon tile-choice" title={wall.chooseHint}>
          <input
            type="checkbox"
            checked={isChosen}
            aria-label={wall.choose(stream.name)}
            disabled={!isChosen && !mayBeChosen}
            onChange={() => {
              onChoose(!isChosen);
            }}
          />
        </label>
        <button
          type="button"
          class="button button-icon"
          aria-label={isOn ? wall.stopOne(stream.name) : wall.playOne(stream.name)}
          title={isOn ? wall.stop : mayPlay ? (isShy ? wall.onDemand : wall.playOn) : wall.mostPlay}
          disabled={!isOn && !mayPlay}
          onClick={() => {
            if (isOn) dismiss();
            onPlay(!isOn);
          }}
        >
          <Icon name={isOn ? 'close' : 'play'} />
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
