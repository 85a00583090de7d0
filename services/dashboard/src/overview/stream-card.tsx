import { useDashboard } from '../context.ts';
import { readersOf } from '@mediamtx-monitor/model';
import type { StreamRecord } from '@mediamtx-monitor/types';
import type { Texts } from '../i18n/en.ts';
import type { Format } from '../i18n/format.ts';
import { mediaWords } from '../i18n/media-words.ts';
import { viewerWords } from '../i18n/viewer-words.ts';
import { stateWords } from '../i18n/state-words.ts';
import { lastedMs } from '../model/lasted.ts';
import type { Listed } from '../model/listed.ts';
import { lookOf } from '../model/look.ts';
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
  const { texts, format, feed } = dashboard;
  const { decimal, count: whole, duration } = format.value;
  const { stream, health, stale, toldAt, key } = listed;
  const words = texts.value;
  const look = lookOf(health, stream.state);
  const facts = [
    mediaWords(stream),
    linkWords(stream, words, format.value),
    viewerWords(stream, words, format.value),
  ].filter((fact) => fact !== '');
  return (
    <li
      class={stale ? `stream-card stream-card-${look} stale` : `stream-card stream-card-${look}`}
      data-key={key}
      aria-setsize={count}
      aria-posinset={index + 1}
    >
      <p class="stream-card-name">
        <StreamName server={stream.server} name={stream.name} look={look} isTabStop={isTabStop} />
        <span class="muted">
          <Lasting since={stream.since} text={duration(lastedMs(stream.since, toldAt))} />
        </span>
      </p>
      <p class="stream-card-health">
        <span class={`state state-${stream.state}`}>{stateWords(stream.state, words.states)} </span>
        {healthWords(listed, dashboard)}
      </p>
      <div class="stream-card-middle">
        <p class="stream-card-facts" title={facts.join('\n')}>
          {facts.map((fact) => (
            <span key={fact}>{fact} </span>
          ))}
        </p>
        {sparkline(
          feed.history.tail(stream.server, stream.name, 'inboundMbps', SPARK_SAMPLES),
          SPARK_SAMPLES,
        )}
      </div>
      <dl class="stream-card-numbers">
        <div>
          <dt>{words.totals.inbound}</dt>
          <dd>
            {known(decimal(stream.inboundMbps), words.unknown)}
            {stream.inboundMbps !== null && <span class="visually-hidden"> Mbit/s</span>}
          </dd>
        </div>
        <div>
          <dt>{words.totals.outbound}</dt>
          <dd>
            {known(decimal(stream.outboundMbps), words.unknown)}
            {stream.outboundMbps !== null && <span class="unit"> Mbit/s</span>}
          </dd>
        </div>
        <div>
          <dt>{words.totals.readers}</dt>
          <dd>{known(whole(readersOf(stream)), words.unknown)}</dd>
        </div>
      </dl>
    </li>
  );
}

/** What is known of the publisher's link. */
function linkWords(
  { rttMs, linkLossPercent }: StreamRecord,
  { columns, table }: Texts,
  format: Format,
): string {
  const parts = [
    rttMs !== null && `${columns.rttMs} ${format.ms(rttMs)}`,
    linkLossPercent !== null && table.loss(format.percent(linkLossPercent)),
  ];
  return parts.filter((part) => part !== false).join(' · ');
}
