import { adviseLatency, type LatencyAdvice } from '@mediamtx-monitor/model';
import type { ConnectionRecord } from '@mediamtx-monitor/types';
import { useDashboard } from '../context.ts';
import type { Texts } from '../i18n/en.ts';
import type { Format } from '../i18n/format.ts';
import { reasonWords } from '../i18n/reason-words.ts';
import { Facts } from '../ui/facts.tsx';

/** Of a publisher over SRT, the latency worth setting, with the formula. */
export function LatencyCard({ publisher }: { readonly publisher: ConnectionRecord | undefined }) {
  const { texts, format } = useDashboard();
  if (publisher?.protocol !== 'srt') return null;
  const words = texts.value.advice;
  const { ms, percent, count } = format.value;
  const advice = adviseLatency(publisher);
  return (
    <section class="card" aria-labelledby="advice-title">
      <h3 id="advice-title">{words.title}</h3>
      <Facts
        facts={[
          [words.set, ms(publisher.srt.latencyMs)],
          [words.worth, advice === null ? null : ms(advice.latencyMs)],
        ]}
      />
      {advice === null ? (
        <p class="muted">{words.wait}</p>
      ) : (
        <>
          <p
            class={
              advice.comparison.kind === 'raise' || advice.comparison.kind === 'contradicted'
                ? 'words-warning'
                : undefined
            }
          >
            {comparisonWords(advice, texts.value, format.value)}
          </p>
          <p class="muted">{formula(advice, words, format.value)}</p>
          <p class="muted">{words.why(percent(advice.lossPercent), count(advice.roundTrips))}</p>
        </>
      )}
    </section>
  );
}

function comparisonWords({ comparison, latencyMs }: LatencyAdvice, texts: Texts, format: Format): string {
  const words = texts.advice;
  switch (comparison.kind) {
    case 'unknown':
      return words.notKnown;
    case 'raise':
      return words.raise(format.ms(latencyMs));
    case 'enough':
      return words.enough;
    case 'contradicted':
      return texts.contradicted(reasonWords(comparison.reason, texts, format));
  }
}

/** With tenths where there are any: else it wouldn't add up. */
function formula({ rttP95Ms, roundTrips }: LatencyAdvice, words: Texts['advice'], format: Format): string {
  const exact = (value: number): string => format.ms(value, Number.isInteger(value) ? 0 : 1);
  return words.formula(exact(rttP95Ms), format.count(roundTrips), exact(rttP95Ms * roundTrips));
}
