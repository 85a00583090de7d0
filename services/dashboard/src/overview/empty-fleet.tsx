import { useDashboard } from '../context.ts';
import { CopyBlock } from '../ui/copy-block.tsx';

const EXAMPLE =
  'ffmpeg -re -f lavfi -i testsrc2=size=1280x720:rate=30 -c:v libx264 -g 60 -f rtsp rtsp://127.0.0.1:8554/test';

/** Says what to do next when there is nothing to show. */
export function EmptyFleet() {
  const { truth, texts } = useDashboard();
  const words = texts.value.empty;
  if (truth.value.kind !== 'empty') {
    return (
      <div class="empty">
        <p>{words.unreachable}</p>
      </div>
    );
  }
  const noServer = truth.value.servers === 0;
  return (
    <div class="empty">
      <p>{noServer ? words.noServer : words.noStream}</p>
      <ol>
        {(noServer ? words.noServerSteps : words.noStreamSteps).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {!noServer && <CopyBlock text={EXAMPLE} label={texts.value.copy.command} />}
    </div>
  );
}
