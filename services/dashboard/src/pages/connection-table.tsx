import { adviseLatency, worstFirst } from '@mediamtx-monitor/model';
import type { ConnectionRecord } from '@mediamtx-monitor/types';
import { connectionNumbers, transportOf } from '../data/connection-numbers.ts';
import { UNKNOWN } from '../i18n/format.ts';
import { reasonText, who } from '../i18n/reason-text.ts';
import { protocolName } from '../model/protocol.ts';
import { lastedMs } from '../model/times.ts';
import { useDashboard } from '../ui/context.ts';
import { CopyButton } from '../ui/copy.tsx';
import { HealthMark } from '../ui/icon.tsx';
import { known, Lasting } from '../ui/values.tsx';

interface ConnectionTableProps {
  readonly label: string;
  readonly connections: readonly ConnectionRecord[];
  /** Which rate counts: a publisher's comes in, a viewer's goes out. */
  readonly direction: 'inboundMbps' | 'outboundMbps';
  readonly asOf: string;
}

/** Connections, one a row. */
export function ConnectionTable({ label, connections, direction, asOf }: ConnectionTableProps) {
  const text = useDashboard().texts.value.connections;
  const numbers = [
    text.rate,
    text.rtt,
    text.p95,
    text.latency,
    text.loss,
    text.jitter,
    text.discarded,
    text.since,
  ];
  return (
    <div class="scroll-sideways" tabIndex={0} role="group" aria-label={label}>
      <table role="table" class="plain-table">
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">
              {text.who}
            </th>
            <th scope="col" role="columnheader">
              {text.assessment}
            </th>
            <th scope="col" role="columnheader">
              {text.protocol}
            </th>
            {numbers.map((name) => (
              <th key={name} scope="col" role="columnheader" class="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {connections.map((connection) => (
            <ConnectionRow key={connection.id} connection={connection} direction={direction} asOf={asOf} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ConnectionRowProps {
  readonly connection: ConnectionRecord;
  readonly direction: 'inboundMbps' | 'outboundMbps';
  /** When the connection was as it is shown. */
  readonly asOf: string;
}

/** Roles are said because phones show a row as a block; then each number needs its label, too. */
function ConnectionRow({ connection, direction, asOf }: ConnectionRowProps) {
  const { texts, format } = useDashboard();
  const { ms, percent, decimal, count, duration } = format.value;
  const { unknown, connections: text } = texts.value;
  const numbers = connectionNumbers(connection);
  const advice = connection.protocol === 'srt' ? adviseLatency(connection) : null;
  const name = who(connection, texts.value);
  const health = texts.value.healths[connection.health];
  const assessment = worstFirst(connection.reasons).map((reason) =>
    reasonText(reason, texts.value, format.value),
  );
  return (
    <tr role="row" class={`row-${connection.health}`}>
      <th
        scope="row"
        role="rowheader"
        title={[name, connection.userAgent].filter((part) => part !== null).join('\n')}
      >
        <span class="with-copy">
          <span>{name}</span>
          {connection.remoteAddr !== null && (
            <CopyButton text={connection.remoteAddr} label={texts.value.copy.address} />
          )}
        </span>
        {connection.userAgent !== null && <div class="muted">{connection.userAgent}</div>}
      </th>
      <td role="cell" data-label={text.assessment}>
        <span class={`verdict words-${connection.health}`}>
          <HealthMark health={connection.health} label={assessment.length === 0 ? undefined : health} />
          {assessment.length === 0 ? health : assessment.join('; ')}
        </span>
      </td>
      <td role="cell" data-label={text.protocol}>
        {protocolName(connection.protocol)}
        {transportOf(connection).map((part) => (
          <div class="muted" key={part}>
            {part}
          </div>
        ))}
      </td>
      <NumberCell label={text.rate} shown={decimal(connection[direction])} unknown={unknown} />
      <NumberCell label={text.rtt} shown={ms(numbers.rttMs)} unknown={unknown} />
      <NumberCell label={text.p95} shown={ms(numbers.rttP95Ms)} unknown={unknown} />
      <td role="cell" data-label={text.latency} class="number">
        {known(ms(numbers.latencyMs), unknown)}
        {advice?.comparison.kind === 'raise' && (
          <div class="words-warning">{text.advice(ms(advice.latencyMs))}</div>
        )}
      </td>
      <NumberCell label={text.loss} shown={percent(numbers.lossPercent)} unknown={unknown} />
      <NumberCell label={text.jitter} shown={ms(numbers.jitterMs)} unknown={unknown} />
      <NumberCell label={text.discarded} shown={count(numbers.discarded)} unknown={unknown} />
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

interface NumberCellProps {
  readonly label: string;
  readonly shown: string;
  /** What is read out where it isn't known. */
  readonly unknown: string;
}

/** A cell with nothing but one measured number. */
function NumberCell({ label, shown, unknown }: NumberCellProps) {
  return (
    <td role="cell" data-label={label} class="number">
      {known(shown, unknown)}
    </td>
  );
}
