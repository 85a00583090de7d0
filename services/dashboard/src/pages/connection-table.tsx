import { adviseLatency, worstFirst } from '@mediamtx-monitor/model';
import type { ConnectionRecord } from '@mediamtx-monitor/types';
import { linkNumbers, transportOf } from '../data/connection-numbers.ts';
import { UNKNOWN } from '../i18n/format.ts';
import { reasonWords, who } from '../i18n/reason-words.ts';
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
  readonly toldAt: string;
}

/** Connections, one a row. */
export function ConnectionTable({ label, connections, direction, toldAt }: ConnectionTableProps) {
  const words = useDashboard().texts.value.connections;
  const numbers = [
    words.rate,
    words.rtt,
    words.p95,
    words.latency,
    words.loss,
    words.jitter,
    words.discarded,
    words.since,
  ];
  return (
    <div class="scroll-sideways" tabIndex={0} role="group" aria-label={label}>
      <table role="table" class="plain-table">
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">
              {words.who}
            </th>
            <th scope="col" role="columnheader">
              {words.verdict}
            </th>
            <th scope="col" role="columnheader">
              {words.protocol}
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
            <ConnectionRow
              key={connection.id}
              connection={connection}
              direction={direction}
              toldAt={toldAt}
            />
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
  readonly toldAt: string;
}

/** Roles are said because phones show a row as a block; then each number needs its label, too. */
export function ConnectionRow({ connection, direction, toldAt }: ConnectionRowProps) {
  const { texts, format } = useDashboard();
  const { ms, percent, decimal, count, duration } = format.value;
  const { unknown, connections: words } = texts.value;
  const numbers = linkNumbers(connection);
  const advice = connection.protocol === 'srt' ? adviseLatency(connection) : null;
  const name = who(connection, texts.value);
  const health = texts.value.healths[connection.health];
  const verdict = worstFirst(connection.reasons).map((reason) =>
    reasonWords(reason, texts.value, format.value),
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
      <td role="cell" data-label={words.verdict}>
        <span class={`verdict words-${connection.health}`}>
          <HealthMark health={connection.health} word={verdict.length === 0 ? undefined : health} />
          {verdict.length === 0 ? health : verdict.join('; ')}
        </span>
      </td>
      <td role="cell" data-label={words.protocol}>
        {protocolName(connection.protocol)}
        {transportOf(connection).map((part) => (
          <div class="muted" key={part}>
            {part}
          </div>
        ))}
      </td>
      <td role="cell" data-label={words.rate} class="number">
        {known(decimal(connection[direction]), unknown)}
      </td>
      <td role="cell" data-label={words.rtt} class="number">
        {known(ms(numbers.rttMs), unknown)}
      </td>
      <td role="cell" data-label={words.p95} class="number">
        {known(ms(numbers.rttP95Ms), unknown)}
      </td>
      <td role="cell" data-label={words.latency} class="number">
        {known(ms(numbers.latencyMs), unknown)}
        {advice?.comparison.kind === 'raise' && (
          <div class="words-warning">{words.advice(ms(advice.latencyMs))}</div>
        )}
      </td>
      <td role="cell" data-label={words.loss} class="number">
        {known(percent(numbers.lossPercent), unknown)}
      </td>
      <td role="cell" data-label={words.jitter} class="number">
        {known(ms(numbers.jitterMs), unknown)}
      </td>
      <td role="cell" data-label={words.discarded} class="number">
        {known(count(numbers.discarded), unknown)}
      </td>
      <td role="cell" data-label={words.since} class="number">
        {connection.since === null ? (
          known(UNKNOWN, unknown)
        ) : (
          <Lasting since={connection.since} text={duration(lastedMs(connection.since, toldAt))} />
        )}
      </td>
    </tr>
  );
}
