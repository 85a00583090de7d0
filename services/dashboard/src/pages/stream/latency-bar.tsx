import { adviseLatency, type LatencyAdvice } from '@mediamtx-monitor/model';
import type { ConnectionRecord } from '@mediamtx-monitor/types';
import type { Texts } from '../../i18n/en/index.ts';
import { type Format, UNKNOWN } from '../../i18n/format.ts';
import { reasonText } from '../../i18n/reason-text.ts';
import { useDashboard } from '../../ui/context.ts';
import { known } from '../../ui/values.tsx';

type SrtRecord = Extract<ConnectionRecord, { readonly protocol: 'srt' }>;

/**
 * The round-trip time against the latency that has to hold several of them: a bar as long as the latency, filled up to
 * the round-trip time, with marks at its 95th percentile and where the latency should be.
 */
export function LatencyBar({ connection }: { readonly connection: SrtRecord }) {
  const { texts, format } = useDashboard();
  const text = texts.value.latencyBar;
  const { ms } = format.value;
  const { rttMs, rttP95Ms, latencyMs } = connection.srt;
  const advice = adviseLatency(connection);
  const isLow = advice?.comparison.kind === 'raise';
  const betterMs = isLow ? advice.latencyMs : null;
  const longestMs = Math.max(rttMs ?? 0, rttP95Ms ?? 0, latencyMs ?? 0, betterMs ?? 0);
  if (longestMs === 0) return <>{known(UNKNOWN, texts.value.unknown)}</>;
  const at = (value: number): string => `${(value / longestMs) * 100}%`;
  const isNear = connection.reasons.some(({ code }) => code === 'rtt-near-latency');
  return (
    <div class={isNear ? 'latency latency-near' : 'latency'}>
      <div class="latency-bar" aria-hidden="true">
        {latencyMs !== null && <div class="latency-set" style={{ width: at(latencyMs) }} />}
        {rttMs !== null && <div class="latency-now" style={{ width: at(rttMs) }} />}
        {rttP95Ms !== null && <div class="latency-p95" style={{ left: at(rttP95Ms) }} />}
        {betterMs !== null && <div class="latency-better" style={{ left: at(betterMs) }} />}
      </div>
      <ul>
        {rttMs !== null && <li>{text.now(ms(rttMs))}</li>}
        {rttP95Ms !== null && <li>{text.p95(ms(rttP95Ms))}</li>}
        {latencyMs !== null && <li>{text.set(ms(latencyMs))}</li>}
        {betterMs !== null && <li class="words-warning">{text.better(ms(betterMs))}</li>}
      </ul>
    </div>
  );
}

/** Of a publisher over SRT, the latency worth setting, and how that is worked out. */
export function LatencyNote({ publisher }: { readonly publisher: SrtRecord }) {
  const { texts, format } = useDashboard();
  const text = texts.value.advice;
  const { ms, percent, count } = format.value;
  const advice = adviseLatency(publisher);
  if (advice === null) {
    return (
      <section class="latency-note" aria-label={text.title}>
        <p class="muted">
          {text.title}: {text.wait}
        </p>
      </section>
    );
  }
  const { kind } = advice.comparison;
  return (
    <section class="latency-note" aria-label={text.title}>
      <p>
        {text.title}: {kind !== 'raise' && `${text.worth} ${ms(advice.latencyMs)}. `}
        <span class={kind === 'raise' || kind === 'contradicted' ? 'words-warning' : undefined}>
          {comparisonText(advice, texts.value, format.value)}
        </span>
      </p>
      <details>
        <summary class="muted">{texts.value.latencyBar.howSo}</summary>
        <p class="muted">
          {formula(advice, text, format.value)}.{' '}
          {text.why(percent(advice.lossPercent), count(advice.roundTrips))}
        </p>
      </details>
    </section>
  );
}

function comparisonText({ comparison, latencyMs }: LatencyAdvice, texts: Texts, format: Format): string {
  const text = texts.advice;
  switch (comparison.kind) {
    case 'unknown':
      return text.notKnown;
    case 'raise':
      return text.raise(format.ms(latencyMs));
    case 'enough':
      return text.enough;
    case 'contradicted':
      return texts.contradicted(reasonText(comparison.reason, texts, format));
  }
}

/** With tenths where there are any: else it wouldn't add up. */
function formula({ rttP95Ms, roundTrips }: LatencyAdvice, text: Texts['advice'], format: Format): string {
  const exact = (value: number): string => format.ms(value, Number.isInteger(value) ? 0 : 1);
  return text.formula(exact(rttP95Ms), format.count(roundTrips), exact(rttP95Ms * roundTrips));
}
