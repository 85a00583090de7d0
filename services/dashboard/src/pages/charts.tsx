import { useMemo, useState } from 'preact/hooks';
import type { Samples } from '../data/history.ts';
import { alignSamples, type PublisherColumns, type StreamWatch } from '../data/stream-watch.ts';
import type { StreamId } from '../data/view.ts';
import { lossHint, rttHint } from '../i18n/stream-words.ts';
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
interface Paused extends Samples {
  readonly publisher: PublisherColumns;
  /** Since when, in ms since 1970. */
  readonly at: number;
}

/** How the stream's numbers went since the page was opened. */
export function Charts({ id, protocol, watched }: ChartsProps) {
  const { feed, texts, format, now } = useDashboard();
  const words = texts.value.stream;
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
    <section class="charts" aria-label={words.charts}>
      <div class="charts-head">
        <p class="muted">{times[0] !== undefined && words.seenSince(clock(times[0] * 1000))}</p>
        <button
          type="button"
          class="button"
          onClick={() => {
            setPaused(paused === null ? { ...samples, publisher, at: now() } : null);
          }}
        >
          <Icon name={paused === null ? 'pause' : 'play'} />
          {paused === null ? words.pause : words.resume}
        </button>
        {paused !== null && (
          <p class="paused" role="status">
            {words.pausedAt(clock(paused.at))}
          </p>
        )}
      </div>
      <Chart
        times={times}
        title={words.rates}
        write={decimal}
        lines={[
          { label: words.inbound, color: '--series-1', pattern: 'solid' },
          { label: words.outbound, color: '--series-2', pattern: 'dashed' },
        ]}
        values={[values.inboundMbps, values.outboundMbps]}
      />
      <Chart
        times={times}
        title={words.viewers}
        write={count}
        isWhole
        lines={[{ label: words.viewers, color: '--series-1', pattern: 'solid' }]}
        values={[values.readers]}
      />
      <Chart
        times={times}
        title={words.rtt}
        write={ms}
        hint={isEmpty(values.rttMs) ? rttHint(whyNoRtt(protocol), texts.value) : undefined}
        lines={[
          { label: words.rttNow, color: '--series-1', pattern: 'solid' },
          { label: words.rttP50, color: '--series-2', pattern: 'dashed' },
          { label: words.rttP95, color: '--series-3', pattern: 'dotted' },
        ]}
        values={[values.rttMs, shown.publisher.rttP50Ms, shown.publisher.rttP95Ms]}
      />
      <Chart
        times={times}
        title={words.loss}
        write={percent}
        hint={
          isEmpty(values.linkLossPercent) && isEmpty(shown.publisher.lossPercent)
            ? lossHint(whyNoLoss(protocol), texts.value)
            : undefined
        }
        lines={[{ label: words.lossNow, color: '--series-1', pattern: 'solid' }]}
        values={[isEmpty(values.linkLossPercent) ? shown.publisher.lossPercent : values.linkLossPercent]}
      />
    </section>
  );
}

function isEmpty(values: readonly (number | null)[]): boolean {
  return values.every((value) => value === null);
}
