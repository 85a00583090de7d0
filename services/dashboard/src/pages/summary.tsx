import type { Age } from '@mediamtx-monitor/client';
import type { AlertSubject, Health } from '@mediamtx-monitor/types';
import { useEffect, useRef, useState } from 'preact/hooks';
import { DEFAULT_VIEW } from '../data/view.ts';
import { fleetReasonText, quietText, spokenSummary, summaryText } from '../i18n/fleet-text.ts';
import type { Format } from '../i18n/format.ts';
import { reasonText } from '../i18n/reason-text.ts';
import { type FleetReason, subjectOf } from '../model/fleet-reasons.ts';
import type { IllStream } from '../model/fleet-streams.ts';
import { listedReasons, type FleetSummary, MAX_NAMED } from '../model/summary.ts';
import { silencedText } from './silenced-note.tsx';
import { useCalmTextContext, useDashboard, useTextContext } from '../ui/context.ts';
import { HealthMark } from '../ui/icon.tsx';

/** The one sentence an operator looks for. */
export function SummaryLine() {
  const { shown, texts, format } = useDashboard();
  const { summary } = shown;
  // Ages change each second, and matter only here.
  const age = summary.value.kind === 'outdated' ? leastAge(shown.ages.value, format.value) : null;
  const context = useTextContext();
  const health = healthOf(summary.value);
  const isQuiet = summary.value.kind === 'connecting' || summary.value.kind === 'empty';
  return (
    <section class={`truth truth-${isQuiet ? 'quiet' : health}`} aria-label={texts.value.summary.label}>
      <h1>
        <HealthMark
          health={health}
          label={summary.value.kind === 'attention' ? texts.value.healths[health] : undefined}
        />
        {summaryText(summary.value, context, age)}
      </h1>
      <SummaryDetail summary={summary.value} />
      <Announcer />
    </section>
  );
}

/** Age of the newest data, written; `null` when none is known. */
function leastAge(ages: ReadonlyMap<string, Age>, { duration }: Format): string | null {
  const known = [...ages.values()].flatMap(({ ageMs }) => (ageMs === null ? [] : [ageMs]));
  return known.length === 0 ? null : duration(Math.min(...known));
}

function healthOf(summary: FleetSummary): Health {
  if (summary.kind === 'attention') return summary.severity;
  return summary.kind === 'well' ? 'ok' : 'unknown';
}

/** The names behind the sentence, as links. */
function SummaryDetail({ summary }: { readonly summary: FleetSummary }) {
  const { texts, format } = useDashboard();
  if (summary.kind === 'well') {
    const { count } = format.value;
    return (
      <p class="truth-detail">
        {texts.value.wellDetail(count(summary.live), count(summary.resting), summary.servers)}
      </p>
    );
  }
  // The first of those that are silent is the sentence.
  if (summary.kind === 'unsure')
    return summary.silent.length > 1 ? <Silent servers={summary.silent.slice(1)} /> : null;
  return summary.kind === 'attention' ? <Attention summary={summary} /> : null;
}

function Attention({ summary }: { readonly summary: Extract<FleetSummary, { kind: 'attention' }> }) {
  const { streams, streamCount, silent } = summary;
  const { before, after } = listedReasons(summary);
  return (
    <>
      {before.length + streams.length + after.length > 0 && (
        <ul class="truth-detail">
          <FleetItems reasons={before} />
          <StreamItems streams={streams} count={streamCount} />
          <FleetItems reasons={after} />
        </ul>
      )}
      {silent.length > 0 && <Silent servers={silent} />}
    </>
  );
}

function FleetItems({ reasons }: { readonly reasons: readonly FleetReason[] }) {
  const { texts, format, href, view } = useDashboard();
  const context = useTextContext();
  const { kiosk, lang, theme } = view.value;
  const more = reasons.length - MAX_NAMED;
  return (
    <>
      {reasons.slice(0, MAX_NAMED).map((reason) => (
        <li key={`${reason.code} ${subjectOf(reason)}`}>
          <HealthMark health={reason.severity} label={texts.value.healths[reason.severity]} />
          <a href={href({ ...DEFAULT_VIEW, kiosk, lang, theme, view: 'servers' })}>
            {fleetReasonText(reason, context)}
          </a>
          <Silenced
            subject={
              reason.code === 'host-load'
                ? { kind: 'host', host: reason.host }
                : { kind: 'server', server: reason.server }
            }
          />
        </li>
      ))}
      {more > 0 && (
        <li>
          <a href={href({ ...DEFAULT_VIEW, kiosk, lang, theme, view: 'servers' })}>
            {texts.value.summary.more(format.value.count(more))}
          </a>
        </li>
      )}
    </>
  );
}

interface StreamItemsProps {
  readonly streams: readonly IllStream[];
  /** How many there are in all. */
  readonly count: number;
}

function StreamItems({ streams, count }: StreamItemsProps) {
  const { texts, format, href, view } = useDashboard();
  const { kiosk, lang, theme } = view.value;
  const more = count - streams.length;
  return (
    <>
      {streams.map(({ key, label, stream, health, reasons }) => (
        <li key={key}>
          <HealthMark health={health} label={texts.value.healths[health]} />
          <a href={href({ stream })} title={label}>
            {label}
          </a>{' '}
          {reasons[0] && <span>{reasonText(reasons[0], texts.value, format.value)}</span>}
          <Silenced subject={{ kind: 'stream', server: stream.server, stream: stream.name }} />
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
            {texts.value.summary.more(format.value.count(more))}
          </a>
        </li>
      )}
    </>
  );
}

function Silenced({ subject }: { readonly subject: AlertSubject }) {
  const text = silencedText(subject, useDashboard());
  return text === null ? null : <span class="muted"> · {text}</span>;
}

/** Servers that nothing is heard of, which needn't mean anything yet. */
function Silent({ servers }: { readonly servers: readonly string[] }) {
  const context = useTextContext();
  return (
    <ul class="truth-detail">
      {servers.slice(0, MAX_NAMED).map((server) => (
        <li key={server}>
          <span class="muted">{quietText(server, context)}</span>
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
function Announcer() {
  const { shown, monotonicMs } = useDashboard();
  const sentence = spokenSummary(shown.summary.value, useCalmTextContext());
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
