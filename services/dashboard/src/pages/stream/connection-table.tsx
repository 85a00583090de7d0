import { worstFirst } from '@mediamtx-monitor/model';
import type { ConnectionRecord } from '@mediamtx-monitor/types';
import { connectionNumbers, transportOf } from '../../data/connection-numbers.ts';
import type { Texts } from '../../i18n/en/index.ts';
import { UNKNOWN } from '../../i18n/format.ts';
import { reasonText, who } from '../../i18n/reason-text.ts';
import { isMasked, shownAddress } from '../../model/address.ts';
import { protocolName } from '../../model/protocol.ts';
import { lastedMs } from '../../model/times.ts';
import { useDashboard } from '../../ui/context.ts';
import { CopyButton } from '../../ui/copy.tsx';
import { HealthMark } from '../../ui/icon.tsx';
import { known, Lasting } from '../../ui/values.tsx';
import { LatencyBar } from './latency-bar.tsx';

interface ConnectionTableProps {
  readonly label: string;
  readonly connections: readonly ConnectionRecord[];
  /** Which rate counts: a publisher's comes in, a viewer's goes out. */
  readonly direction: 'inboundMbps' | 'outboundMbps';
  readonly asOf: string;
}

/** What is measured of some protocols only. */
const COLUMNS = ['latency', 'loss', 'jitter', 'discarded'] as const;
type ConnectionColumn = (typeof COLUMNS)[number];

/** Whether a connection has something of a column. */
function hasOf(column: ConnectionColumn, connection: ConnectionRecord): boolean {
  const { lossPercent, jitterMs, discarded } = connectionNumbers(connection);
  // Of SRT both are there as soon as enough was sent.
  const isSrt = connection.protocol === 'srt';
  switch (column) {
    case 'latency':
      return isSrt;
    case 'loss':
      return isSrt || lossPercent !== null;
    case 'jitter':
      return jitterMs !== null;
    case 'discarded':
      return discarded !== null;
  }
}

/** Connections, one a row; what none of them measures has no column. */
export function ConnectionTable({ label, connections, direction, asOf }: ConnectionTableProps) {
  const { texts } = useDashboard();
  const text = texts.value.connections;
  const columns = COLUMNS.filter((column) => connections.some((connection) => hasOf(column, connection)));
  return (
    <div class="scroll-sideways" tabIndex={0} role="group" aria-label={label}>
      <table role="table" class="plain-table">
        <thead role="rowgroup">
          <tr role="row">
            <Head name={text.who} />
            <Head name={text.assessment} />
            <Head name={text.protocol} />
            <Head name={text.rate} isNumber />
            {columns.map((column) => (
              <Head key={column} name={titleOf(column, texts.value)} isNumber={column !== 'latency'} />
            ))}
            <Head name={text.since} isNumber />
          </tr>
        </thead>
        <tbody role="rowgroup">
          {connections.map((connection) => (
            <ConnectionRow
              key={connection.id}
              connection={connection}
              columns={columns}
              direction={direction}
              asOf={asOf}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function titleOf(column: ConnectionColumn, { connections, latencyBar }: Texts): string {
  return column === 'latency' ? latencyBar.column : connections[column];
}

function Head({ name, isNumber = false }: { readonly name: string; readonly isNumber?: boolean }) {
  return (
    <th scope="col" role="columnheader" class={isNumber ? 'number' : undefined}>
      {name}
    </th>
  );
}

interface ConnectionRowProps {
  readonly connection: ConnectionRecord;
  readonly columns: readonly ConnectionColumn[];
  readonly direction: 'inboundMbps' | 'outboundMbps';
  /** When the connection was as it is shown. */
  readonly asOf: string;
}

/** Roles are said because phones show a row as a block; then each number needs its label, too. */
function ConnectionRow({ connection, columns, direction, asOf }: ConnectionRowProps) {
  const { texts, format } = useDashboard();
  const { decimal, duration } = format.value;
  const { connections: text, unknown } = texts.value;
  const name = who(connection, texts.value);
  const isPartOnly = connection.remoteAddr !== null && isMasked(connection.remoteAddr);
  return (
    <tr role="row" class={`row-${connection.health}`}>
      <th
        scope="row"
        role="rowheader"
        title={[name, isPartOnly ? text.masked : null, connection.userAgent]
          .filter((part) => part !== null)
          .join('\n')}
      >
        <span class="with-copy">
          <span>{name}</span>
          {connection.remoteAddr !== null && !isPartOnly && (
            <CopyButton text={connection.remoteAddr} label={texts.value.copy.address} />
          )}
        </span>
        {connection.userAgent !== null && <div class="muted">{connection.userAgent}</div>}
      </th>
      <td role="cell" data-label={text.assessment}>
        <Assessment connection={connection} />
      </td>
      <td role="cell" data-label={text.protocol}>
        {protocolName(connection.protocol)}
        {transportOf(connection).map((part) => (
          <div class="muted" key={part}>
            {shownAddress(part)}
          </div>
        ))}
      </td>
      <td role="cell" data-label={text.rate} class="number">
        {known(decimal(connection[direction]), unknown)}
      </td>
      {columns.map((column) => (
        <td
          key={column}
          role="cell"
          data-label={titleOf(column, texts.value)}
          class={column === 'latency' ? undefined : 'number'}
        >
          <Measured column={column} connection={connection} />
        </td>
      ))}
      <td role="cell" data-label={text.since} class="number">
        {connection.since === null ? (
          known(UNKNOWN, unknown)
        ) : (
          <Lasting since={connection.since} text={duration(lastedMs(connection.since, asOf))} />
        )}
      </td>
    </tr>
  );
}

interface MeasuredProps {
  readonly column: ConnectionColumn;
  readonly connection: ConnectionRecord;
}

/** What a column says of a connection. */
function Measured({ column, connection }: MeasuredProps) {
  const { texts, format } = useDashboard();
  const { unknown } = texts.value;
  const { percent, ms, count } = format.value;
  const { lossPercent, jitterMs, discarded } = connectionNumbers(connection);
  switch (column) {
    case 'latency':
      return connection.protocol === 'srt' ? (
        <LatencyBar connection={connection} />
      ) : (
        <>{known(UNKNOWN, unknown)}</>
      );
    case 'loss':
      return <>{known(percent(lossPercent), unknown)}</>;
    case 'jitter':
      return <>{known(ms(jitterMs), unknown)}</>;
    case 'discarded':
      return <>{known(count(discarded), unknown)}</>;
  }
}

/** How a connection is, and why. */
function Assessment({ connection }: { readonly connection: ConnectionRecord }) {
  const { texts, format } = useDashboard();
  const health = texts.value.healths[connection.health];
  const reasons = worstFirst(connection.reasons).map((reason) =>
    reasonText(reason, texts.value, format.value),
  );
  return (
    <span class={`verdict-words words-${connection.health}`}>
      <HealthMark health={connection.health} label={reasons.length === 0 ? undefined : health} />
      {reasons.length === 0 ? health : reasons.join('; ')}
    </span>
  );
}
