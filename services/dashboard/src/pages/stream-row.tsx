import { readersOf } from '@mediamtx-monitor/model';
import type { StreamRecord } from '@mediamtx-monitor/types';
import type { ColumnName } from '../data/view.ts';
import { mediaText, stateText, viewersText } from '../i18n/stream-text.ts';
import { type ListedStream, lookOf } from '../model/streams.ts';
import { lastedMs } from '../model/times.ts';
import type { ListRow } from '../worker/exchange.ts';
import { healthText, Star, StreamName } from './stream-cells.tsx';
import { type Dashboard, useDashboard } from '../ui/context.ts';
import { SPARK_LENGTHS, sparkline } from '../ui/sparkline.tsx';
import { known, Lasting } from '../ui/values.tsx';

interface StreamRowProps {
  readonly row: ListRow;
  /** Place among all rows, the head's included, from 1. */
  readonly rowIndex: number;
  readonly columns: readonly ColumnName[];
  /** Whether the tab key stops here; arrow keys lead to the others. */
  readonly isTabStop: boolean;
}

/** Drawn with each tick, so what it is made of are functions, which cost less than components. */
export function StreamRow({ row, rowIndex, columns, isTabStop }: StreamRowProps) {
  const dashboard = useDashboard();
  const { listed } = row;
  const { stream, health, stale, key } = listed;
  const look = lookOf(health, stream.state);
  return (
    <tr aria-rowindex={rowIndex} class={stale ? `row row-${look} stale` : `row row-${look}`} data-key={key}>
      <th scope="row" class="col-stream" style={{ '--ribbon': dashboard.ribbons.value.get(key) }}>
        <div class="stream-name">
          <StreamName server={stream.server} name={stream.name} look={look} isTabStop={isTabStop} />
        </div>
      </th>
      <td class="col-star">
        <Star server={stream.server} name={stream.name} isTabStop={isTabStop} />
      </td>
      {columns.map((name) => cell(name, row, dashboard))}
    </tr>
  );
}

/** What stands in a column. */
function cell(name: ColumnName, { listed, spark }: ListRow, dashboard: Dashboard) {
  const { texts, format } = dashboard;
  const { stream, asOf } = listed;
  const { decimal, ms, percent, duration } = format.value;
  const { table: text, unknown, states } = texts.value;
  switch (name) {
    case 'state':
      return <td class={`col-state state-${stream.state}`}>{stateText(stream.state, states)}</td>;
    case 'health':
      return <td class="col-health">{stateAndHealth(listed, dashboard)}</td>;
    case 'media': {
      const media = mediaText(stream);
      return (
        <td class="col-media" title={media}>
          {media}
        </td>
      );
    }
    case 'in':
      return (
        <td class="col-in number">
          {sparkline(spark, SPARK_LENGTHS.row)}
          {known(decimal(stream.inboundMbps), unknown)}
        </td>
      );
    case 'out':
      return <td class="col-out number">{known(decimal(stream.outboundMbps), unknown)}</td>;
    case 'viewers':
      return <td class="col-viewers number">{viewers(stream, dashboard)}</td>;
    case 'rtt': {
      const detail = stream.latencyMs === null ? undefined : text.latency(ms(stream.latencyMs));
      return (
        <td class="col-rtt number" title={detail}>
          {known(ms(stream.rttMs), unknown)}
        </td>
      );
    }
    case 'loss': {
      const { linkLossPercent, retransmitPercent, unrecoveredPercent } = stream;
      const detail = text.lossDetail(percent(retransmitPercent), percent(unrecoveredPercent));
      return (
        <td class="col-loss number" title={linkLossPercent === null ? undefined : detail}>
          {known(percent(linkLossPercent), unknown)}
        </td>
      );
    }
    case 'since':
      return (
        <td class="col-since number">
          <Lasting since={stream.since} text={duration(lastedMs(stream.since, asOf))} />
        </td>
      );
  }
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
