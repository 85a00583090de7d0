import type { Forward } from '@mediamtx-monitor/types';
import type { ComponentChild } from 'preact';
import type { Texts } from '../../i18n/en/index.ts';
import { type Format, UNKNOWN } from '../../i18n/format.ts';
import { stateText } from '../../i18n/stream-text.ts';
import { shownAddress } from '../../model/address.ts';
import { protocolName } from '../../model/protocol.ts';
import { useDashboard } from '../../ui/context.ts';
import { known } from '../../ui/values.tsx';

/** What is told of a forward; `null` where nothing is. */
interface ForwardColumn {
  readonly name: keyof Pick<Texts['forwards'], 'protocol' | 'to' | 'state' | 'rate' | 'sent' | 'error'>;
  readonly isNumber?: boolean;
  readonly text: (forward: Forward, texts: Texts, format: Format) => string | null;
}

const COLUMNS: readonly ForwardColumn[] = [
  { name: 'protocol', text: ({ protocol }) => protocol && protocolName(protocol.toLowerCase()) },
  { name: 'to', text: ({ remoteAddr }) => remoteAddr && shownAddress(remoteAddr) },
  { name: 'state', text: ({ state }, texts) => state && stateText(state, texts.forwards.states) },
  {
    name: 'rate',
    isNumber: true,
    text: ({ outboundMbps }, _texts, { decimal }) => (outboundMbps === null ? null : decimal(outboundMbps)),
  },
  {
    name: 'sent',
    isNumber: true,
    text: ({ outboundBytes }, _texts, { bytes }) => (outboundBytes === null ? null : bytes(outboundBytes)),
  },
  { name: 'error', text: ({ error }) => error },
];

/** Copies of the stream that MediaMTX sends on; what it says of them is shown as text, what it tells of none nowhere. */
export function ForwardsCard({ forwards }: { readonly forwards: readonly Forward[] }) {
  const { texts, format } = useDashboard();
  const text = texts.value.forwards;
  const columns = COLUMNS.filter((column) =>
    forwards.some((forward) => column.text(forward, texts.value, format.value) !== null),
  );
  return (
    <section class="card connections" aria-labelledby="forwards-title">
      <h3 id="forwards-title">
        {text.title} <span class="muted">{format.value.count(forwards.length)}</span>
      </h3>
      <div class="scroll-sideways" tabIndex={0} role="group" aria-label={text.title}>
        <table role="table" class="plain-table">
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader">
                {text.position}
              </th>
              {columns.map(({ name, isNumber }) => (
                <th
                  key={name}
                  scope="col"
                  role="columnheader"
                  class={isNumber === true ? 'number' : undefined}
                >
                  {text[name]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {forwards.map((forward) => (
              <tr key={forward.position} role="row">
                <th scope="row" role="rowheader">
                  {forward.position}
                </th>
                {columns.map((column) => (
                  <td
                    key={column.name}
                    role="cell"
                    data-label={text[column.name]}
                    class={classOf(column, forward)}
                  >
                    {cellOf(column, forward)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );

  function cellOf({ name, text: write }: ForwardColumn, forward: Forward): ComponentChild {
    const written = write(forward, texts.value, format.value);
    // Who has no error isn't unknown.
    return name === 'error' ? written : known(written ?? UNKNOWN, texts.value.unknown);
  }
}

function classOf({ name, isNumber }: ForwardColumn, { state }: Forward): string | undefined {
  if (name === 'error') return 'wrap';
  if (name === 'state' && state === 'error') return 'words-warning';
  return isNumber === true ? 'number' : undefined;
}
