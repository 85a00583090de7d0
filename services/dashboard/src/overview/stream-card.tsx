import { useDashboard } from '../context.ts';
import type { Listed } from '../model/listed.ts';
import { known } from '../ui/known.tsx';
import { Lasting } from '../ui/moment.tsx';
import { sparkline } from '../ui/sparkline.tsx';
import { healthWords } from './health-words.tsx';
import { StreamName } from './stream-name.tsx';

/** Samples of the line: 2 minutes at 2 s. */
const SPARK_SAMPLES = 60;

interface StreamCardProps {
  readonly listed: Listed;
  /** Place among all cards, from 0, of so many. */
  readonly index: number;
  readonly count: number;
  /** Whether the tab key stops here; arrow keys lead to the others. */
  readonly isTabStop: boolean;
}

export function StreamCard({ listed, index, count, isTabStop }: StreamCardProps) {
  const dashboard = useDashboard();
  const { texts, format, feed, now } = dashboard;
  const { decimal, count: whole, duration } = format.value;
  const { stream, health, stale, key } = listed;
  const words = texts.value;
  return (
    <li
      class={stale ? `stream-card stream-card-${health} row-stale` : `stream-card stream-card-${health}`}
      data-key={key}
      aria-setsize={count}
      aria-posinset={index + 1}
    >
      <p class="stream-card-name">
        <StreamName server={stream.server} name={stream.name} health={health} isTabStop={isTabStop} />
        <span class="muted">
          <Lasting since={stream.since} text={duration(now() - Date.parse(stream.since))} />
        </span>
      </p>
      <p class="stream-card-health">
        {stream.state !== 'live' && (
          <span class={`state state-${stream.state}`}>{words.states[stream.state]} </span>
        )}
        {healthWords(listed, dashboard)}
      </p>
      {sparkline(feed.history.tail(stream.server, stream.name, 'inboundMbps', SPARK_SAMPLES), SPARK_SAMPLES)}
      <dl class="stream-card-numbers">
        <div>
          <dt>{words.totals.inbound}</dt>
          <dd>{known(decimal(stream.inboundMbps), words.unknown)}</dd>
        </div>
        <div>
          <dt>{words.totals.outbound}</dt>
          <dd>{known(decimal(stream.outboundMbps), words.unknown)}</dd>
        </div>
        <div>
          <dt>{words.totals.readers}</dt>
          <dd>{whole(stream.readers)}</dd>
        </div>
      </dl>
    </li>
  );
}
