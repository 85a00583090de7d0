import type { ConnectionRecord } from '@mediamtx-monitor/types';
import { useDashboard } from '../context.ts';
import { adviseLatency } from '../model/latency-advice.ts';
import { Facts } from '../ui/facts.tsx';

/** Of a publisher over SRT, the latency worth setting, with the formula. */
export function LatencyCard({ publisher }: { readonly publisher: ConnectionRecord | undefined }) {
  const { texts, format } = useDashboard();
  if (publisher?.protocol !== 'srt') return null;
  const words = texts.value.advice;
  const { ms, percent, count } = format.value;
  const advice = adviseLatency(publisher.srt);
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
          <p class={advice.isMore ? 'words-warning' : undefined}>
            {advice.isMore ? words.raise(ms(advice.latencyMs)) : words.enough}
          </p>
          <p class="muted">
            {words.formula(
              ms(advice.rttP95Ms),
              count(advice.roundTrips),
              ms(advice.rttP95Ms * advice.roundTrips),
            )}
          </p>
          <p class="muted">{words.why(percent(advice.lossPercent), count(advice.roundTrips))}</p>
        </>
      )}
    </section>
  );
}
