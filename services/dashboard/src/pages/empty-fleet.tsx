import { fleetTroubleWords } from '../i18n/fleet-words.ts';
import { type FleetTrouble, subjectOf } from '../model/fleet-trouble.ts';
import { Refused } from './api-link.tsx';
import { useDashboard, useTelling } from '../ui/context.ts';
import { CopyBlock } from '../ui/copy.tsx';
import { SourceError } from '../ui/values.tsx';

const EXAMPLE =
  'ffmpeg -re -f lavfi -i testsrc2=size=1280x720:rate=30 -c:v libx264 -g 60 -f rtsp rtsp://127.0.0.1:8554/test';

/** Says what to do next when there is nothing to show. */
export function EmptyFleet() {
  const { truth, texts, feed } = useDashboard();
  const words = texts.value.empty;
  switch (truth.value.kind) {
    case 'empty':
      return truth.value.servers === 0 ? (
        <Steps what={words.noServer} steps={words.noServerSteps} />
      ) : (
        <Steps what={words.noStream} steps={words.noStreamSteps} example={EXAMPLE} />
      );
    case 'attention': {
      // A busy machine keeps no stream away.
      const inTheWay = truth.value.troubles.filter(({ code }) => code !== 'host-load');
      return inTheWay.length > 0 ? (
        <Troubles troubles={inTheWay} />
      ) : (
        <Steps what={words.noStream} steps={words.noStreamSteps} example={EXAMPLE} />
      );
    }
    case 'unconnected':
    case 'refused':
    case 'outdated':
      return feed.link.value.state === 'refused' ? (
        <Refused />
      ) : (
        <div class="empty">
          <p>{words.unreachable}</p>
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
function Troubles({ troubles }: { readonly troubles: readonly FleetTrouble[] }) {
  const { texts, feed, href } = useDashboard();
  const telling = useTelling();
  const words = texts.value.empty;
  return (
    <div class="empty">
      <p>{words.inTheWay}</p>
      <ul>
        {troubles.map((trouble) => {
          // Nothing that was told explains a silence.
          const head =
            trouble.code === 'no-data' ? undefined : feed.fleet.value.servers.get(subjectOf(trouble));
          return (
            <li key={`${trouble.code} ${subjectOf(trouble)}`}>
              <strong>{fleetTroubleWords(trouble, telling)}</strong>
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
