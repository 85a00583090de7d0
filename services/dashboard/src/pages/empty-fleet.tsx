import { fleetReasonText } from '../i18n/fleet-text.ts';
import { type FleetReason, subjectOf } from '../model/fleet-reasons.ts';
import { Refused } from './api-link.tsx';
import { useDashboard, useTextContext } from '../ui/context.ts';
import { CopyBlock } from '../ui/copy.tsx';
import { SourceError } from '../ui/source-error.tsx';

const EXAMPLE =
  'ffmpeg -re -f lavfi -i testsrc2=size=1280x720:rate=30 -c:v libx264 -g 60 -f rtsp rtsp://127.0.0.1:8554/test';

/** Says what to do next when there is nothing to show. */
export function EmptyFleet() {
  const { shown, texts } = useDashboard();
  const summary = shown.summary.value;
  const text = texts.value.empty;
  switch (summary.kind) {
    case 'empty':
      return summary.servers === 0 ? (
        <Steps what={text.noServer} steps={text.noServerSteps} />
      ) : (
        <Steps what={text.noStream} steps={text.noStreamSteps} example={EXAMPLE} />
      );
    case 'attention': {
      // A busy machine keeps no stream away.
      const inTheWay = summary.reasons.filter(({ code }) => code !== 'host-load');
      return inTheWay.length > 0 ? (
        <InTheWay reasons={inTheWay} />
      ) : (
        <Steps what={text.noStream} steps={text.noStreamSteps} example={EXAMPLE} />
      );
    }
    case 'unconnected':
    case 'refused':
    case 'outdated':
      return shown.link.value.state === 'refused' ? (
        <Refused />
      ) : (
        <div class="empty">
          <p>{text.unreachable}</p>
        </div>
      );
    case 'connecting':
    case 'unsure':
    case 'well':
      return null;
  }
}

interface StepsProps {
  readonly what: string;
  readonly steps: readonly string[];
  readonly example?: string;
}

function Steps({ what, steps, example }: StepsProps) {
  const { texts } = useDashboard();
  return (
    <div class="empty">
      <p>{what}</p>
      <ol>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {example !== undefined && <CopyBlock text={example} label={texts.value.copy.command} />}
    </div>
  );
}

/** Each server that can't be read, and what its collector says can be done. */
function InTheWay({ reasons }: { readonly reasons: readonly FleetReason[] }) {
  const { texts, shown, href } = useDashboard();
  const context = useTextContext();
  const text = texts.value.empty;
  return (
    <div class="empty">
      <p>{text.inTheWay}</p>
      <ul>
        {reasons.map((reason) => {
          // Nothing that came explains a silence.
          const head = reason.code === 'no-data' ? undefined : shown.servers.value.get(subjectOf(reason));
          return (
            <li key={`${reason.code} ${subjectOf(reason)}`}>
              <strong>{fleetReasonText(reason, context)}</strong>
              {head !== undefined && <SourceError head={head} />}
            </li>
          );
        })}
      </ul>
      <a class="button" href={href({ view: 'servers' })}>
        {texts.value.nav.servers}
      </a>
    </div>
  );
}
