import type { Age } from '@mediamtx-monitor/client';
import type { Health } from '@mediamtx-monitor/types';
import { useEffect, useRef, useState } from 'preact/hooks';
import { DEFAULT_VIEW } from '../data/view.ts';
import { fleetTroubleWords, quietWords, spokenTruth, truthWords } from '../i18n/fleet-words.ts';
import type { Format } from '../i18n/format.ts';
import { reasonWords } from '../i18n/reason-words.ts';
import { type FleetTrouble, subjectOf } from '../model/fleet-trouble.ts';
import type { Listed } from '../model/streams.ts';
import { listedTroubles, type Truth } from '../model/truth.ts';
import { useCalmTelling, useDashboard, useTelling } from '../ui/context.ts';
import { HealthMark } from '../ui/icon.tsx';

/** The one sentence an operator looks for. */
export function TruthLine() {
  const { truth, texts, feed, format } = useDashboard();
  // Ages change each second, and matter only here.
  const age = truth.value.kind === 'outdated' ? leastAge(feed.ages.value, format.value) : null;
  const telling = useTelling();
  const health = healthOf(truth.value);
  const isQuiet = truth.value.kind === 'connecting' || truth.value.kind === 'empty';
  return (
    <section class={`truth truth-${isQuiet ? 'quiet' : health}`} aria-label={texts.value.truth.label}>
      <h1>
        <HealthMark
          health={health}
          word={truth.value.kind === 'attention' ? texts.value.healths[health] : undefined}
        />
        {truthWords(truth.value, telling, age)}
      </h1>
      <TruthDetail truth={truth.value} />
      <Announcer />
    </section>
  );
}

/** Age of the newest data, written; `null` when none is known. */
function leastAge(ages: ReadonlyMap<string, Age>, { duration }: Format): string | null {
  const known = [...ages.values()].flatMap(({ ageMs }) => (ageMs === null ? [] : [ageMs]));
  return known.length === 0 ? null : duration(Math.min(...known));
}

function healthOf(truth: Truth): Health {
  if (truth.kind === 'attention') return truth.severity;
  return truth.kind === 'well' ? 'ok' : 'unknown';
}

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

/** What changes is read out this much later, so that it is what it has come to, … */
const SETTLE_MS = 2_000;
/** … and this long after what was read before. */
const PAUSE_MS = 15_000;

/** Reads the truth out to screen readers when it has changed, without chattering along with every tick. */
export function Announcer() {
  const { truth, monotonicMs } = useDashboard();
  const sentence = spokenTruth(truth.value, useCalmTelling());
  const [said, setSaid] = useState('');
  const saidAt = useRef(-Infinity);
  const newest = useRef(sentence);
  newest.current = sentence;
  const isDue = sentence !== said;

  // A sentence that changes again while it waits doesn't wait anew; else one that goes on changing is never read.
  useEffect(() => {
    if (!isDue) return undefined;
    const waitMs = Math.max(SETTLE_MS, saidAt.current + PAUSE_MS - monotonicMs());
    const timer = setTimeout(() => {
      saidAt.current = monotonicMs();
      setSaid(newest.current);
    }, waitMs);
    return () => {
      clearTimeout(timer);
    };
  }, [isDue]);
  return (
    <p class="visually-hidden" role="status">
      {said}
    </p>
  );
}
