import { useRef, useState } from 'preact/hooks';
import { lossHint, rttHint } from '../i18n/stream-text.ts';
import { whyNoLoss, whyNoRtt } from '../model/protocol.ts';
import { Chart } from '../ui/chart.tsx';
import type { ChartTick } from '../ui/chart-options.ts';
import { useDashboard } from '../ui/context.ts';
import { Icon } from '../ui/icon.tsx';
import { lazily } from '../ui/loaded.tsx';
import { RangeBar } from '../ui/range-bar.tsx';
import type { ChartSamples } from '../worker/exchange.ts';

interface ChartsProps {
  readonly samples: ChartSamples;
  /** Over what it comes, or came last; `null` when that isn't known. */
  readonly protocol: string | null;
}

/** What is shown instead of what is new. */
interface Paused {
  readonly samples: ChartSamples;
  /** Since when, in ms since 1970. */
  readonly at: number;
}

const LiveEvents = lazily(async () => (await import('./history/live-events.tsx')).LiveEvents);
const StreamPast = lazily(async () => (await import('./history/stream-past.tsx')).StreamPast);

/** How the stream's numbers went: since the page was opened, or in the time that the link says. */
export function Charts(props: ChartsProps) {
  const { range } = useDashboard().view.value;
  return (
    <div class="charts-frame">
      <RangeBar />
      {range === null ? <LiveCharts {...props} /> : <PastCharts />}
    </div>
  );
}

/** How the open stream was, also of one that isn't there any more; nothing while what is now is looked at. */
export function PastCharts() {
  const { stream, range } = useDashboard().view.value;
  return stream === null || range === null ? null : <StreamPast id={stream} range={range} />;
}

function LiveCharts({ samples, protocol }: ChartsProps) {
  const { texts, format, now, view } = useDashboard();
  const text = texts.value.stream;
  const { decimal, count, ms, percent, clock } = format.value;
  const [paused, setPaused] = useState<Paused | null>(null);
  const [ticks, setTicks] = useState<readonly ChartTick[]>([]);
  const { stream } = view.value;
  const firstMs = samples.times[0] === undefined ? null : samples.times[0] * 1_000;
  // Older ones leave the charts; what happened before needn't be asked anew.
  const since = useRef<number>(null);
  since.current ??= firstMs;
  const { times, values, publisher } = paused?.samples ?? samples;
  const losses = isEmpty(values.linkLossPercent) ? publisher.lossPercent : values.linkLossPercent;
  const noRtt = isEmpty(values.rttMs) ? whyNoRtt(protocol) : null;
  const noLoss = isEmpty(losses) ? whyNoLoss(protocol) : null;
  const rttMissing = noRtt === null ? undefined : rttHint(noRtt, texts.value);
  const lossMissing = noLoss === null ? undefined : lossHint(noLoss, texts.value);
  // What may come yet has its place; what the protocol hasn't got takes none.
  const hasRtt = noRtt?.kind !== 'not-reported';
  const hasLoss = noLoss?.kind !== 'not-reported';
  return (
    <section class="charts" aria-label={text.charts}>
      <div class="charts-head">
        <p class="muted">{times[0] !== undefined && text.seenSince(clock(times[0] * 1000))}</p>
        <button
          type="button"
          class="button"
          onClick={() => {
            setPaused(paused === null ? { samples, at: now() } : null);
          }}
        >
          <Icon name={paused === null ? 'pause' : 'play'} />
          {paused === null ? text.pause : text.resume}
        </button>
        {paused !== null && (
          <p class="paused" role="status">
            {text.pausedAt(clock(paused.at))}
          </p>
        )}
      </div>
      {stream !== null && since.current !== null && (
        <LiveEvents stream={stream} fromMs={since.current} onTicks={setTicks} />
      )}
      <Chart
        times={times}
        ticks={ticks}
        title={text.rates}
        write={decimal}
        lines={[
          { label: text.inbound, color: '--series-1', pattern: 'solid' },
          { label: text.outbound, color: '--series-2', pattern: 'dashed' },
        ]}
        values={[values.inboundMbps, values.outboundMbps]}
      />
      <Chart
        times={times}
        ticks={ticks}
        title={text.viewers}
        write={count}
        isWhole
        lines={[{ label: text.viewers, color: '--series-1', pattern: 'solid' }]}
        values={[values.readers]}
      />
      {hasRtt && (
        <Chart
          times={times}
          ticks={ticks}
          title={text.rtt}
          write={ms}
          hint={rttMissing}
          lines={[
            { label: text.rttNow, color: '--series-1', pattern: 'solid' },
            { label: text.rttP50, color: '--series-2', pattern: 'dashed' },
            { label: text.rttP95, color: '--series-3', pattern: 'dotted' },
          ]}
          values={[values.rttMs, publisher.rttP50Ms, publisher.rttP95Ms]}
        />
      )}
      {hasLoss && (
        <Chart
          times={times}
          ticks={ticks}
          title={text.loss}
          write={percent}
          hint={lossMissing}
          lines={[{ label: text.lossNow, color: '--series-1', pattern: 'solid' }]}
          values={[losses]}
        />
      )}
      {!(hasRtt && hasLoss) && (
        <p class="charts-missing muted">
          {[!hasRtt && rttMissing, !hasLoss && lossMissing].filter(Boolean).join(' ')}
        </p>
      )}
    </section>
  );
}

function isEmpty(values: readonly (number | null)[]): boolean {
  return values.every((value) => value === null);
}
