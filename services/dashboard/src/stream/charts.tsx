import { useMemo, useState } from 'preact/hooks';
import { Chart } from '../charts/chart.tsx';
import { useDashboard } from '../context.ts';
import type { StreamWatch } from '../data/stream-watch.ts';
import type { StreamId } from '../model/listed.ts';
import { alignSamples } from '../model/align-samples.ts';
import { Icon } from '../ui/icon.tsx';

interface ChartsProps {
  readonly id: StreamId;
  readonly watched: StreamWatch;
}

/** How the stream's numbers went since the page was opened. */
export function Charts({ id, watched }: ChartsProps) {
  const { feed, texts, format, now } = useDashboard();
  const words = texts.value.stream;
  const [pausedAt, setPausedAt] = useState<number | null>(null);
  const { decimal, count, ms, percent } = format.value;
  const fleet = feed.fleet.value;
  const { times, values } = useMemo(
    () => feed.history.samples(id.server, id.name),
    [fleet, id.server, id.name],
  );
  const parties = watched.parties.value;
  const publisher = useMemo(() => alignSamples(times, watched.samples), [times, parties]);
  const first = times[0];
  const since = first === undefined ? null : format.value.clock(first * 1000);
  const shared = { times, isPaused: pausedAt !== null };
  return (
    <section class="charts" aria-label={words.charts}>
      <div class="charts-head">
        <p class="muted">{since !== null && words.seenSince(since)}</p>
        <button
          type="button"
          class="button"
          aria-pressed={pausedAt !== null}
          onClick={() => {
            setPausedAt(pausedAt === null ? now() : null);
          }}
        >
          <Icon name={pausedAt === null ? 'pause' : 'play'} />
          {pausedAt === null ? words.pause : words.resume}
        </button>
        {pausedAt !== null && (
          <p class="paused" role="status">
            {words.pausedAt(format.value.clock(pausedAt))}
          </p>
        )}
      </div>
      <Chart
        {...shared}
        title={words.rates}
        write={decimal}
        lines={[
          { label: words.inbound, color: '--series-1' },
          { label: words.outbound, color: '--series-2', isDashed: true },
        ]}
        values={[values.inboundMbps, values.outboundMbps]}
      />
      <Chart
        {...shared}
        title={words.viewers}
        write={count}
        isWhole
        lines={[{ label: words.viewers, color: '--series-1' }]}
        values={[values.readers]}
      />
      <Chart
        {...shared}
        title={words.rtt}
        write={ms}
        hint={isEmpty(values.rttMs) ? words.noRtt : undefined}
        lines={[
          { label: words.rttNow, color: '--series-1' },
          { label: words.rttP50, color: '--series-2', isDashed: true },
          { label: words.rttP95, color: '--series-3', isDashed: true },
        ]}
        values={[values.rttMs, publisher.rttP50Ms, publisher.rttP95Ms]}
      />
      <Chart
        {...shared}
        title={words.loss}
        write={percent}
        hint={isEmpty(values.linkLossPercent) && isEmpty(publisher.lossPercent) ? words.noLoss : undefined}
        lines={[{ label: words.lossNow, color: '--series-1' }]}
        values={[isEmpty(values.linkLossPercent) ? publisher.lossPercent : values.linkLossPercent]}
      />
    </section>
  );
}

function isEmpty(values: readonly (number | null)[]): boolean {
  return values.every((value) => value === null);
}
