import { readersOf } from '@mediamtx-monitor/model';
import type { StreamRecord } from '@mediamtx-monitor/types';
import type { Texts } from '../i18n/en/index.ts';
import type { Format } from '../i18n/format.ts';
import { mediaText, stateText, viewersText } from '../i18n/stream-text.ts';
import type { StreamGroup } from '../model/groups.ts';
import { lookOf } from '../model/streams.ts';
import { lastedMs } from '../model/times.ts';
import { keyOfLine, type ListRow } from '../worker/exchange.ts';
import { GroupToggle } from './group-line.tsx';
import { useCursor } from './list-cursor.ts';
import { tabStopOf, useDrawnRows } from './list-rows.ts';
import { healthText, Star, StreamName } from './stream-cells.tsx';
import { useDashboard } from '../ui/context.ts';
import { useCardGrid, useVisibleRange } from '../ui/layout.ts';
import { SPARK_LENGTHS, sparkline } from '../ui/sparkline.tsx';
import { known, Lasting } from '../ui/values.tsx';

/** The streams as cards; only rows that can be seen are in the page. */
export function StreamCards() {
  const { texts, shown, viewport } = useDashboard();
  const { rowHeightPx, perRow, measure } = useCardGrid();
  const { count } = shown.list.value;
  const rowCount = Math.ceil(count / perRow);
  const { list, range, isMeasured } = useVisibleRange(rowHeightPx, rowCount);
  const onFocusIn = useCursor({ list, rowHeightPx, perRow, headPx: 0 });
  const drawn = useDrawnRows({ range, perRow, isMeasured, sparkLength: SPARK_LENGTHS.card });
  const tabKey = tabStopOf(drawn, viewport.cursor.value);
  return (
    <div ref={list} onFocusIn={onFocusIn} style={{ height: `${rowCount * rowHeightPx}px` }}>
      <ul
        ref={measure}
        class="cards"
        aria-label={texts.value.table.label}
        style={{
          transform: `translateY(${(drawn.first / perRow) * rowHeightPx}px)`,
          gridTemplateColumns: `repeat(${perRow}, minmax(0, 1fr))`,
          gridAutoRows: `${rowHeightPx}px`,
        }}
      >
        {drawn.rows.map((row, index) => {
          const key = keyOfLine(row);
          const place = { index: drawn.first + index, count, isTabStop: key === tabKey };
          return row.group === undefined ? (
            <StreamCard key={key} row={row} {...place} />
          ) : (
            <GroupCard key={key} group={row.group} {...place} />
          );
        })}
      </ul>
    </div>
  );
}

interface CardPlace {
  /** Place among all cards, from 0, of so many. */
  readonly index: number;
  readonly count: number;
  /** Whether the tab key stops here; arrow keys lead to the others. */
  readonly isTabStop: boolean;
}

interface StreamCardProps extends CardPlace {
  readonly row: ListRow;
}

function StreamCard({ row, index, count, isTabStop }: StreamCardProps) {
  const dashboard = useDashboard();
  const { texts, format } = dashboard;
  const { listed, spark } = row;
  const { decimal, count: whole, duration } = format.value;
  const { stream, health, stale, asOf, key } = listed;
  const text = texts.value;
  const look = lookOf(health, stream.state);
  const facts = [
    mediaText(stream),
    linkText(stream, text, format.value),
    viewersText(stream, text, format.value),
  ].filter((fact) => fact !== '');
  return (
    <li
      class={stale ? `stream-card stream-card-${look} stale` : `stream-card stream-card-${look}`}
      style={{ '--ribbon': dashboard.ribbons.value.get(key) }}
      data-key={key}
      aria-setsize={count}
      aria-posinset={index + 1}
    >
      <p class="stream-card-name">
        <StreamName server={stream.server} name={stream.name} look={look} isTabStop={isTabStop} />
        <Star server={stream.server} name={stream.name} isTabStop={isTabStop} />
        <span class="muted">
          <Lasting since={stream.since} text={duration(lastedMs(stream.since, asOf))} />
        </span>
      </p>
      <p class="stream-card-health">
        <span class={`state state-${stream.state}`}>{stateText(stream.state, text.states)} </span>
        {healthText(listed, dashboard)}
      </p>
      <div class="stream-card-middle">
        <p class="stream-card-facts" title={facts.join('\n')}>
          {facts.map((fact) => (
            <span key={fact}>{fact} </span>
          ))}
        </p>
        {sparkline(spark, SPARK_LENGTHS.card)}
      </div>
      <dl class="stream-card-numbers">
        <div>
          <dt>{text.totals.inbound}</dt>
          <dd>
            {known(decimal(stream.inboundMbps), text.unknown)}
            {stream.inboundMbps !== null && <span class="visually-hidden"> Mbit/s</span>}
          </dd>
        </div>
        <div>
          <dt>{text.totals.outbound}</dt>
          <dd>
            {known(decimal(stream.outboundMbps), text.unknown)}
            {stream.outboundMbps !== null && <span class="unit"> Mbit/s</span>}
          </dd>
        </div>
        <div>
          <dt>{text.totals.readers}</dt>
          <dd>{known(whole(readersOf(stream)), text.unknown)}</dd>
        </div>
      </dl>
    </li>
  );
}

interface GroupCardProps extends CardPlace {
  readonly group: StreamGroup;
}

/** Stands before the streams of a group. */
function GroupCard({ group, index, count, isTabStop }: GroupCardProps) {
  return (
    <li class="group-card" data-key={group.key} aria-setsize={count} aria-posinset={index + 1}>
      <GroupToggle group={group} isTabStop={isTabStop} />
    </li>
  );
}

/** What is known of the publisher's link. */
function linkText(
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
