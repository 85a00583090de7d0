import { useState } from 'preact/hooks';
import { useDashboard } from '../context.ts';
import type { Parties } from '../model/connections.ts';
import { ConnectionTable } from './connection-table.tsx';

/** Viewers that are shown at first, and how many more each time. */
const STEP = 100;

interface ConnectionTablesProps {
  readonly parties: Parties | undefined;
  /** How many watch, as the stream counts them. */
  readonly readers: number;
}

/** Who brings the stream, and everyone who takes it. */
export function ConnectionTables({ parties, readers }: ConnectionTablesProps) {
  const { texts, format } = useDashboard();
  const words = texts.value.connections;
  const [shown, setShown] = useState(STEP);
  if (parties === undefined) {
    return (
      <section class="card connections">
        <p class="muted">{words.waiting}</p>
      </section>
    );
  }
  const { publisher, viewers, isPartial } = parties;
  const nobody = readers === 0 ? words.none : words.untold;
  const hidden = viewers.length - shown;
  return (
    <>
      <section class="card connections" aria-labelledby="publisher-title">
        <h3 id="publisher-title">{words.publisher}</h3>
        {publisher === undefined ? (
          <p class="muted">{isPartial ? words.unread : words.noPublisher}</p>
        ) : (
          <ConnectionTable label={words.publisher} connections={[publisher]} direction="inboundMbps" />
        )}
      </section>
      <section class="card connections" aria-labelledby="viewers-title">
        <h3 id="viewers-title">
          {words.viewers} <span class="muted">{format.value.count(viewers.length)}</span>
        </h3>
        {viewers.length === 0 ? (
          <p class="muted">{isPartial ? words.unread : nobody}</p>
        ) : (
          <ConnectionTable
            label={words.viewers}
            connections={viewers.slice(0, shown)}
            direction="outboundMbps"
          />
        )}
        {hidden > 0 && (
          <button
            type="button"
            class="button"
            onClick={() => {
              setShown(shown + STEP);
            }}
          >
            {words.more(format.value.count(Math.min(STEP, hidden)))}
          </button>
        )}
      </section>
    </>
  );
}
