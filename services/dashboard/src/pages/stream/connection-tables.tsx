import type { ConnectionFailureCode } from '@mediamtx-monitor/client';
import type { Pull } from '@mediamtx-monitor/types';
import { useEffect } from 'preact/hooks';
import { stateText } from '../../i18n/stream-text.ts';
import type { ListedStream } from '../../model/streams.ts';
import { useDashboard } from '../../ui/context.ts';
import { VIEWERS_STEP } from '../../ui/viewport.ts';
import { Facts } from '../../ui/values.tsx';
import type { OpenStream, ShownConnections } from '../../worker/exchange.ts';
import { ConnectionTable } from './connection-table.tsx';
import { LatencyNote } from './latency-bar.tsx';

interface ConnectionTablesProps {
  readonly open: OpenStream;
  readonly listed: ListedStream;
}

/** Who brings the stream, and everyone who takes it; of what there is none there is nothing. */
export function ConnectionTables({ open, listed }: ConnectionTablesProps) {
  const { viewport } = useDashboard();
  const { connections, link } = open;
  useEffect(
    () => () => {
      viewport.viewers.value = VIEWERS_STEP;
    },
    [],
  );
  const isLost = link.state === 'waiting' || link.state === 'refused';
  if (connections === null) {
    return isLost ? (
      <section class="card connections">
        <ConnectionsLost code={link.code} ageMs={open.connectionsAgeMs} />
      </section>
    ) : (
      <Waiting listed={listed} />
    );
  }
  return (
    <>
      {isLost && <ConnectionsLost code={link.code} ageMs={open.connectionsAgeMs} />}
      <div class={isLost ? 'connection-cards stale' : 'connection-cards'}>
        <Origin listed={listed} connections={connections} />
        <Viewers listed={listed} connections={connections} />
      </div>
    </>
  );
}

/** As high as what will stand here, as far as that is known. */
function Waiting({ listed }: { readonly listed: ListedStream }) {
  const { stream } = listed;
  const text = useDashboard().texts.value.connections;
  const rows = Math.min(stream.readers, VIEWERS_STEP);
  const heightRem = (stream.state === 'live' ? 8 : 0) + (rows === 0 ? 0 : 6 + 2.5 * rows);
  if (heightRem === 0) return null;
  return (
    <section class="card connections" style={{ minHeight: `${heightRem}rem` }}>
      <p class="muted">{text.waiting}</p>
    </section>
  );
}

interface ConnectionsLostProps {
  readonly code: ConnectionFailureCode;
  readonly ageMs: number | null;
}

/** Says that connections have their own way to the monitor, and that it is lost. */
function ConnectionsLost({ code, ageMs }: ConnectionsLostProps) {
  const { texts, format } = useDashboard();
  const { link, connections } = texts.value;
  return (
    <p class="words-warning connections-lost" role="status">
      {connections.lost} {link.failures[code]}
      {ageMs !== null && ` (${link.lastSeen(format.value.age(ageMs))})`}
    </p>
  );
}

interface OriginProps {
  readonly listed: ListedStream;
  readonly connections: ShownConnections;
}

/** Who brings the stream; of one that the server fetches, how. */
function Origin({ listed, connections }: OriginProps) {
  const { texts } = useDashboard();
  const { pull } = listed.stream;
  const { publisher, asOf } = connections;
  if (publisher === undefined && pull == null) return null;
  const title = pull == null ? texts.value.connections.publisher : texts.value.pull.title;
  return (
    <section class="card connections" aria-labelledby="publisher-title">
      <h3 id="publisher-title">{title}</h3>
      {pull != null && <PullFacts pull={pull} />}
      {publisher !== undefined && (
        <ConnectionTable label={title} connections={[publisher]} direction="inboundMbps" asOf={asOf} />
      )}
      {publisher?.protocol === 'srt' && <LatencyNote publisher={publisher} />}
    </section>
  );
}

/** How the server fetches the stream, and what MediaMTX says when it can't; its text is shown as text. */
function PullFacts({ pull }: { readonly pull: Pull }) {
  const text = useDashboard().texts.value.pull;
  const how = pull.onDemand === null ? text.notKnown : pull.onDemand ? text.onDemand : text.always;
  return (
    <Facts
      facts={[
        [text.how, how],
        [text.state, pull.state == null ? null : stateText(pull.state, text.states)],
        [text.error, pull.error],
      ]}
    />
  );
}

interface ViewersProps {
  readonly listed: ListedStream;
  readonly connections: ShownConnections;
}

function Viewers({ listed, connections }: ViewersProps) {
  const { texts, format, viewport } = useDashboard();
  const text = texts.value.connections;
  const { count } = format.value;
  const { viewers, viewerCount, isPartial, asOf } = connections;
  const isCounted = !listed.stale && listed.stream.state !== 'unknown';
  if (viewerCount === 0 && (listed.stream.readers === 0 || !isCounted)) return null;
  const hidden = viewerCount - viewers.length;
  return (
    <section class="card connections" aria-labelledby="viewers-title">
      <h3 id="viewers-title">
        {text.viewers}{' '}
        <span class="muted">{count(viewerCount === 0 ? listed.stream.readers : viewerCount)}</span>
      </h3>
      {viewerCount === 0 ? (
        <p class="muted">{isPartial ? text.unread : text.unlisted}</p>
      ) : (
        <ConnectionTable label={text.viewers} connections={viewers} direction="outboundMbps" asOf={asOf} />
      )}
      {hidden > 0 && (
        <button
          type="button"
          class="button"
          onClick={() => {
            viewport.viewers.value += VIEWERS_STEP;
          }}
        >
          {text.more(count(Math.min(VIEWERS_STEP, hidden)))}
        </button>
      )}
    </section>
  );
}
