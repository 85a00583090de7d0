import type { ConnectionRecord } from '@mediamtx-monitor/types';
import { useDashboard } from '../context.ts';
import { ConnectionRow } from './connection-row.tsx';

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
