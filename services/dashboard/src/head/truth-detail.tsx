import { useDashboard } from '../context.ts';
import type { FleetTrouble } from '../model/fleet-trouble.ts';
import { subjectOf } from '../model/fleet-trouble.ts';
import type { Listed } from '../model/listed.ts';
import { listedTroubles, type Truth } from '../model/truth.ts';
import { DEFAULT_VIEW } from '../model/view-state.ts';
import { quietWords, fleetTroubleWords } from '../i18n/fleet-trouble-words.ts';
import { reasonWords } from '../i18n/reason-words.ts';
import { HealthMark } from '../ui/health-mark.tsx';
import { useTelling } from './use-telling.ts';

/** Servers and streams that are named; the others are counted. */
const NAMED = 3;

/** The names behind the sentence, as links. */
export function TruthDetail({ truth }: { readonly truth: Truth }) {
  const { texts, format } = useDashboard();
  if (truth.kind === 'well') {
    const { count } = format.value;
    return (
      <p class="truth-detail">
        {texts.value.wellDetail(count(truth.live), count(truth.resting), truth.servers)}
      </p>
    );
  }
  // The first of those that are silent is the sentence.
  if (truth.kind === 'unsure')
    return truth.silent.length > 1 ? <Silent servers={truth.silent.slice(1)} /> : null;
  return truth.kind === 'attention' ? <Attention truth={truth} /> : null;
}

function Attention({ truth }: { readonly truth: Extract<Truth, { kind: 'attention' }> }) {
  const { streams, silent } = truth;
  const { before, after } = listedTroubles(truth);
  return (
    <>
      {before.length + streams.length + after.length > 0 && (
        <ul class="truth-detail">
          <FleetItems troubles={before} />
          <StreamItems streams={streams} />
          <FleetItems troubles={after} />
        </ul>
      )}
      {silent.length > 0 && <Silent servers={silent} />}
    </>
  );
}

function FleetItems({ troubles }: { readonly troubles: readonly FleetTrouble[] }) {
  const { texts, format, href, view } = useDashboard();
  const telling = useTelling();
  const { kiosk, lang, theme } = view.value;
  const more = troubles.length - NAMED;
  return (
    <>
      {troubles.slice(0, NAMED).map((trouble) => (
        <li key={`${trouble.code} ${subjectOf(trouble)}`}>
          <HealthMark health={trouble.severity} word={texts.value.healths[trouble.severity]} />
          <span>{fleetTroubleWords(trouble, telling)}</span>
        </li>
      ))}
      {more > 0 && (
        <li>
          <a href={href({ ...DEFAULT_VIEW, kiosk, lang, theme, view: 'servers' })}>
            {texts.value.truth.more(format.value.count(more))}
          </a>
        </li>
      )}
    </>
  );
}

function StreamItems({ streams }: { readonly streams: readonly Listed[] }) {
  const { texts, format, href, view } = useDashboard();
  const { kiosk, lang, theme } = view.value;
  const more = streams.length - NAMED;
  return (
    <>
      {streams.slice(0, NAMED).map(({ key, label, stream, health, reasons }) => (
        <li key={key}>
          <HealthMark health={health} word={texts.value.healths[health]} />
          <a href={href({ stream })} title={label}>
            {label}
          </a>{' '}
          {reasons[0] && <span>{reasonWords(reasons[0], texts.value, format.value)}</span>}
        </li>
      ))}
      {more > 0 && (
        <li>
          <a
            href={href({
              ...DEFAULT_VIEW,
              kiosk,
              lang,
              theme,
              view: 'streams',
              health: ['warning', 'critical'],
            })}
          >
            {texts.value.truth.more(format.value.count(more))}
          </a>
        </li>
      )}
    </>
  );
}

/** Servers that nothing is heard of, which needn't mean anything yet. */
function Silent({ servers }: { readonly servers: readonly string[] }) {
  const telling = useTelling();
  return (
    <ul class="truth-detail">
      {servers.slice(0, NAMED).map((server) => (
        <li key={server}>
          <span class="muted">{quietWords(server, telling)}</span>
        </li>
      ))}
    </ul>
  );
}
