import { readersOf } from '@mediamtx-monitor/model';
import type { StreamRecord } from '@mediamtx-monitor/types';
import { mediaText, stateText, viewersText } from '../i18n/stream-text.ts';
import { type ListedStream, lookOf } from '../model/streams.ts';
import { lastedMs } from '../model/times.ts';
import type { ListRow } from '../worker/exchange.ts';
import { healthText, StreamName } from './stream-cells.tsx';
import { type Dashboard, useDashboard } from '../ui/context.ts';
import { SPARK_LENGTHS, sparkline } from '../ui/sparkline.tsx';
import { known, Lasting } from '../ui/values.tsx';

interface StreamRowProps {
  readonly row: ListRow;
  /** Place among all rows, the head's included, from 1. */
  readonly rowIndex: number;
  /** Whether a row has two lines, and no room for all columns. */
  readonly isNarrow: boolean;
  /** Whether the tab key stops here; arrow keys lead to the others. */
  readonly isTabStop: boolean;
}

/** Drawn with each tick, so what it is made of are functions, which cost less than components. */
export function StreamRow({ row, rowIndex, isNarrow, isTabStop }: StreamRowProps) {
  const dashboard = useDashboard();
  const { texts, format } = dashboard;
  const { listed, spark } = row;
  const { stream, health, stale, asOf, key } = listed;
  const { decimal, ms, percent, duration } = format.value;
  const { table: text, unknown } = texts.value;
  const look = lookOf(health, stream.state);
  const media = mediaText(stream);
  return (
    <tr aria-rowindex={rowIndex} class={stale ? `row row-${look} stale` : `row row-${look}`} data-key={key}>
      <th scope="row" class="col-stream" style={{ '--ribbon': dashboard.ribbons.value.get(key) }}>
        <StreamName server={stream.server} name={stream.name} look={look} isTabStop={isTabStop} />
        {isNarrow && <div class="under">{stateAndHealth(listed, dashboard)}</div>}
      </th>
      <td class={`col-state state-${stream.state}`}>{stateText(stream.state, texts.value.states)}</td>
      <td class="col-health">{!isNarrow && stateAndHealth(listed, dashboard)}</td>
      <td class="col-media" title={media}>
        {media}
      </td>
      <td class="col-in number">
        {sparkline(spark, SPARK_LENGTHS.row)}
        {known(decimal(stream.inboundMbps), unknown)}
      </td>
      <td class="col-out number">{known(decimal(stream.outboundMbps), unknown)}</td>
      <td class="col-viewers number">{viewers(stream, dashboard)}</td>
      <td
        class="col-rtt number"
        title={stream.latencyMs === null ? undefined : text.latency(ms(stream.latencyMs))}
      >
        {known(ms(stream.rttMs), unknown)}
      </td>
      <td
        class="col-loss number"
        title={
          stream.linkLossPercent === null
            ? undefined
            : text.lossDetail(percent(stream.retransmitPercent), percent(stream.unrecoveredPercent))
        }
      >
        {known(percent(stream.linkLossPercent), unknown)}
      </td>
      <td class="col-since number">
        <Lasting since={stream.since} text={duration(lastedMs(stream.since, asOf))} />
      </td>
    </tr>
  );
}

/** Where there is no column for the state, it stands before what is wrong: table.css shows it then. */
function stateAndHealth(listed: ListedStream, dashboard: Dashboard) {
  return (
    <div class="health-cell" data-state={stateText(listed.stream.state, dashboard.texts.value.states)}>
      {healthText(listed, dashboard)}
    </div>
  );
}

/** How many watch, and over what. */
function viewers(stream: StreamRecord, { texts, format }: Dashboard) {
  const by = viewersText(stream, texts.value, format.value);
  return (
    <span class="viewers" title={by === '' ? undefined : by}>
      <span class="by-protocol muted">{by}</span>{' '}
      <b>{known(format.value.count(readersOf(stream)), texts.value.unknown)}</b>
    </span>
  );
}
