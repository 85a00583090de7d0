import { useMemo, useState } from 'preact/hooks';
import type { StreamSamples } from '../data/history.ts';
import { alignSamples, type PublisherColumns, type StreamWatch } from '../data/stream-watch.ts';
import type { StreamId } from '../data/view.ts';
import { lossHint, rttHint } from '../i18n/stream-text.ts';
import { whyNoLoss, whyNoRtt } from '../model/protocol.ts';
import { Chart } from '../ui/chart.tsx';
import { useDashboard } from '../ui/context.ts';
import { Icon } from '../ui/icon.tsx';

interface ChartsProps {
  readonly id: StreamId;
  /** Over what it comes, or came last; `null` when that isn't known. */
  readonly protocol: string | null;
  /** `undefined`: nothing is heard of its publisher. */
  readonly watched: StreamWatch | undefined;
}

/** What is shown instead of what is new. */
interface Paused extends StreamSamples {
  readonly publisher: PublisherColumns;
  /** Since when, in ms since 1970. */
  readonly at: number;
}

/** How the stream's numbers went since the page was opened. */
export function Charts({ id, protocol, watched }: ChartsProps) {
  const { feed, texts, format, now } = useDashboard();
  const text = texts.value.stream;
  const { decimal, count, ms, percent, clock } = format.value;
  const fleet = feed.fleet.value;
  const samples = useMemo(() => feed.history.samples(id.server, id.name), [fleet, id.server, id.name]);
  const connections = watched?.connections.value;
  const publisher = useMemo(
    () => alignSamples(samples.ticks, watched?.samples ?? []),
    [samples, connections],
  );
  const [paused, setPaused] = useState<Paused | null>(null);
  const shown = paused ?? { ...samples, publisher };
  const { times, values } = shown;
  return (
    <section class="charts" aria-label={text.charts}>
      <div class="charts-head">
        <p class="muted">{times[0] !== undefined && text.seenSince(clock(times[0] * 1000))}</p>
        <button
          type="button"
          class="button"
          onClick={() => {
            setPaused(paused === null ? { ...samples, publisher, at: now() } : null);
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
      <Chart
        times={times}
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
        title={text.viewers}
        write={count}
        isWhole
        lines={[{ label: text.viewers, color: '--series-1', pattern: 'solid' }]}
        values={[values.readers]}
      />
      <Chart
        times={times}
        title={text.rtt}
        write={ms}
        hint={isEmpty(values.rttMs) ? rttHint(whyNoRtt(protocol), texts.value) : undefined}
        lines={[
          { label: text.rttNow, color: '--series-1', pattern: 'solid' },
          { label: text.rttP50, color: '--series-2', pattern: 'dashed' },
          { label: text.rttP95, color: '--series-3', pattern: 'dotted' },
        ]}
        values={[values.rttMs, shown.publisher.rttP50Ms, shown.publisher.rttP95Ms]}
      />
      <Chart
        times={times}
        title={text.loss}
        write={percent}
        hint={
          isEmpty(values.linkLossPercent) && isEmpty(shown.publisher.lossPercent)
            ? lossHint(whyNoLoss(protocol), texts.value)
            : undefined
        }
        lines={[{ label: text.lossNow, color: '--series-1', pattern: 'solid' }]}
        values={[isEmpty(values.linkLossPercent) ? shown.publisher.lossPercent : values.linkLossPercent]}
      />
    </section>
  );
}

function isEmpty(values: readonly (number | null)[]): boolean {
  return values.every((value) => value === null);
}
