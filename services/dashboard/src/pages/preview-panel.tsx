import type { StreamId } from '../data/view.ts';
import type { Texts } from '../i18n/en/index.ts';
import { type PreviewStage, usePreview } from './use-preview.ts';
import { useDashboard } from '../ui/context.ts';
import { Icon } from '../ui/icon.tsx';

/** Plays the stream when asked to, never by itself: a preview is one more viewer. */
export function PreviewPanel({ stream }: { readonly stream: StreamId }) {
  const { texts } = useDashboard();
  const text = texts.value.preview;
  const { stage, video, play, stop } = usePreview(stream);
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
            if (isOn) stop();
            else play();
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
