import { knownExtent, knownSeconds, secondsBetween } from '@mediamtx-monitor/model';
import type { Availability, StreamAvailability, StreamOutage } from '@mediamtx-monitor/types';
import type { ComponentChild } from 'preact';
import { useState } from 'preact/hooks';
import { DEFAULT_PAST } from '../../data/past-view.ts';
import { NO_FILTER } from '../../data/view.ts';
import { UNKNOWN } from '../../i18n/format.ts';
import { stateText } from '../../i18n/stream-text.ts';
import { downtimeMs, floored, isPartlyKnown, longestMs, outageMs } from '../../model/report.ts';
import { keyOf } from '../../model/streams.ts';
import { useAllTexts } from '../../ui/loaded.tsx';
import { useDashboard } from '../../ui/context.ts';
import { Icon } from '../../ui/icon.tsx';
import { known } from '../../ui/values.tsx';

/** More rows are shown on demand. */
const ROWS_STEP = 200;
const MAX_OUTAGES = 100;

/** How streams ran, a stream a row, which opens its outages. */
export function ReportTable({ items }: { readonly items: readonly StreamAvailability[] }) {
  const { format } = useDashboard();
  const texts = useAllTexts();
  const text = texts.report;
  const [rows, setRows] = useState(ROWS_STEP);
  const numbers = [
    text.percent,
    text.downtime,
    text.unknown,
    text.outages,
    text.longest,
    text.between,
    text.restarts,
    text.expected,
  ];
  return (
    <>
      <div class="scroll-sideways" tabIndex={0} role="group" aria-label={texts.past.availability}>
        <table role="table" class="plain-table report-table">
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader">
                {text.stream}
              </th>
              {numbers.map((name) => (
                <th key={name} scope="col" role="columnheader" class="number">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {items.slice(0, rows).map((item) => (
              <ReportRow
                key={keyOf({ server: item.server, name: item.stream })}
                item={item}
                columns={numbers.length + 1}
              />
            ))}
          </tbody>
        </table>
      </div>
      {items.length > rows && (
        <button
          type="button"
          class="button"
          onClick={() => {
            setRows(rows + ROWS_STEP);
          }}
        >
          {texts.connections.more(format.value.count(Math.min(ROWS_STEP, items.length - rows)))}
        </button>
      )}
    </>
  );
}

interface ReportRowProps {
  readonly item: StreamAvailability;
  readonly columns: number;
}

function ReportRow({ item, columns }: ReportRowProps) {
  const { format, hasManyServers } = useDashboard();
  const texts = useAllTexts();
  const text = texts.report;
  const [isOpen, setOpen] = useState(false);
  const { server, stream, outages } = item;
  const { duration, count, percent } = format.value;
  const name = hasManyServers.value ? `${server} / ${stream}` : stream;
  const write = (value: number | null, how: (one: number) => string): ComponentChild =>
    known(value === null ? UNKNOWN : how(value), texts.unknown);
  const share = (of: Availability): ComponentChild => {
    const extent = knownExtent(of);
    if (of.percent === null || extent === 'nothing') return <span class="muted">{text.notKnown}</span>;
    const figure = percent(floored(of.percent), of.percent >= 100 ? 0 : 3);
    if (extent === 'all') return <b class={lookOf(of)}>{figure}</b>;
    const part = text.ofKnown(duration(knownSeconds(of) * 1_000));
    // What little is known of is no figure of the whole time, and doesn't look like one.
    return extent === 'little' ? (
      <span class="muted">{`${figure} ${part}`}</span>
    ) : (
      <>
        <b class={lookOf(of)}>{figure}</b> <span class="muted">{part}</span>
      </>
    );
  };
  const seconds = (value: number | null): ComponentChild => write(value, (one) => duration(one * 1_000));
  const cells: readonly (readonly [label: string, value: ComponentChild])[] = [
    [text.percent, share(item)],
    [text.downtime, duration(downtimeMs(item))],
    [text.unknown, seconds(item.unknownSeconds)],
    [text.outages, count(outages.length)],
    [text.longest, write(longestMs(item), duration)],
    [text.between, seconds(item.meanTimeBetweenOutagesSeconds)],
    [text.restarts, count(item.restarts)],
    [text.expected, item.expected === null ? '' : share(item.expected)],
  ];
  return (
    <>
      <tr role="row">
        <th scope="row" role="rowheader">
          {outages.length === 0 ? (
            <span class="report-name">
              <bdi>{name}</bdi>
            </span>
          ) : (
            <button
              type="button"
              class="report-name"
              aria-expanded={isOpen}
              aria-label={text.show1(name)}
              onClick={() => {
                setOpen(!isOpen);
              }}
            >
              <Icon name={isOpen ? 'up' : 'down'} />
              <bdi>{name}</bdi>
            </button>
          )}
        </th>
        {cells.map(([label, value]) => (
          <td key={label} role="cell" data-label={label} class="number">
            {value}
          </td>
        ))}
      </tr>
      {isOpen && (
        <tr role="row" class="report-outages">
          <td role="cell" colSpan={columns}>
            <ol>
              {outages.slice(-MAX_OUTAGES).map((outage) => (
                <Outage key={outage.start} outage={outage} item={item} />
              ))}
            </ol>
            {outages.length > MAX_OUTAGES && (
              <p class="muted">{text.moreOutages(count(outages.length - MAX_OUTAGES))}</p>
            )}
          </td>
        </tr>
      )}
    </>
  );
}

function lookOf({ downtimeSeconds }: Availability): string | undefined {
  return downtimeSeconds > 0 ? 'words-warning' : undefined;
}

/** One outage, with the way to what happened then. */
function Outage({ outage, item }: { readonly outage: StreamOutage; readonly item: StreamAvailability }) {
  const { format, href } = useDashboard();
  const texts = useAllTexts();
  const text = texts.report;
  const { kind, start, end, cause } = outage;
  const { moment, duration } = format.value;
  const startMs = Date.parse(start);
  const toTimeline = {
    ...NO_FILTER,
    ...DEFAULT_PAST,
    view: 'timeline',
    stream: null,
    q: item.stream,
    server: [item.server],
    at: startMs,
  } as const;
  const endMs = end === null ? null : Date.parse(end);
  const lastedMs = endMs === null ? null : secondsBetween(startMs, endMs) * 1_000;
  const causes = texts.sessionsPage.causes;
  const why =
    cause === null || cause.source === 'unknown' ? null : (cause.text ?? stateText(cause.source, causes));
  const told = [
    text.kinds[kind],
    lastedMs === null ? null : duration(lastedMs),
    // What lies before the window, or wasn't seen, is no downtime of the report.
    isPartlyKnown(outage) ? text.known(duration(outageMs(outage))) : null,
    why,
  ];
  return (
    <li>
      <a href={href(toTimeline)}>
        {text.outage(moment(startMs), endMs === null ? text.notBack : moment(endMs))}
      </a>
      {`: ${told.filter((one) => one !== null).join(', ')}`}
    </li>
  );
}
