import { useDashboard } from '../context.ts';
import type { Listed } from '../model/listed.ts';
import { HealthMark } from '../ui/health-mark.tsx';
import { Known } from '../ui/known.tsx';
import { Lasting } from '../ui/moment.tsx';
import { Sparkline } from '../ui/sparkline.tsx';
import { HealthWords } from './health-words.tsx';

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
  const { texts, format, href, feed, hasManyServers, now } = useDashboard();
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
        <HealthMark health={health} />
        <a href={href({ stream })} title={stream.name} tabIndex={isTabStop ? 0 : -1}>
          {hasManyServers.value && <span class="muted">{stream.server} / </span>}
          {stream.name}
        </a>
        <span class="muted">
          <Lasting since={stream.since} now={now()} />
        </span>
      </p>
      <p class="stream-card-health">
        {stream.state !== 'live' && (
          <span class={`state state-${stream.state}`}>{words.states[stream.state]} </span>
        )}
        <HealthWords listed={listed} />
      </p>
      <Sparkline
        values={feed.history.tail(stream.server, stream.name, 'inboundMbps', SPARK_SAMPLES)}
        length={SPARK_SAMPLES}
      />
      <dl class="stream-card-numbers">
        <div>
          <dt>{words.totals.inbound}</dt>
          <dd>
            <Known text={format.value.decimal(stream.inboundMbps)} />
          </dd>
        </div>
        <div>
          <dt>{words.totals.outbound}</dt>
          <dd>
            <Known text={format.value.decimal(stream.outboundMbps)} />
          </dd>
        </div>
        <div>
          <dt>{words.totals.readers}</dt>
          <dd>{format.value.count(stream.readers)}</dd>
        </div>
      </dl>
    </li>
  );
}
