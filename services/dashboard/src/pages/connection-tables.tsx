import type { ConnectionFailureCode } from '@mediamtx-monitor/client';
import type { ConnectionRecord, LastLive, Protocol } from '@mediamtx-monitor/types';
import { useEffect } from 'preact/hooks';
import { who } from '../i18n/reason-text.ts';
import { protocolName } from '../model/protocol.ts';
import type { ListedStream } from '../model/streams.ts';
import { ConnectionTable } from './connection-table.tsx';
import { useDashboard } from '../ui/context.ts';
import { VIEWERS_STEP } from '../ui/viewport.ts';
import { Facts } from '../ui/values.tsx';
import type { OpenStream } from '../worker/exchange.ts';

interface ConnectionTablesProps {
  readonly open: OpenStream;
  readonly listed: ListedStream;
}

/** Who brings the stream, and everyone who takes it. */
export function ConnectionTables({ open, listed }: ConnectionTablesProps) {
  const { texts, format, viewport } = useDashboard();
  const text = texts.value.connections;
  const { connections, link } = open;
  useEffect(
    () => () => {
      viewport.viewers.value = VIEWERS_STEP;
    },
    [],
  );
  const lost = (link.state === 'waiting' || link.state === 'refused') && (
    <ConnectionsLost code={link.code} ageMs={open.connectionsAgeMs} />
  );
  if (connections === null) {
    return <section class="card connections">{lost || <p class="muted">{text.waiting}</p>}</section>;
  }
  const card = lost === false ? 'card connections' : 'card connections stale';
  const { publisher, viewers, viewerCount, isPartial, asOf } = connections;
  const isKnown = !listed.stale && listed.stream.state !== 'unknown';
  const counted = listed.stream.readers === 0 ? text.none : text.unlisted;
  const nobody = isKnown ? counted : texts.value.before.viewersNotKnown;
  const hidden = viewerCount - viewers.length;
  return (
    <>
      <section class={card} aria-labelledby="publisher-title">
        <h3 id="publisher-title">{text.publisher}</h3>
        {lost}
        {publisher === undefined && isPartial && <p class="muted">{text.unread}</p>}
        {publisher === undefined ? (
          <Nobody listed={listed} lastPublisher={open.lastPublisher} />
        ) : (
          <ConnectionTable
            label={text.publisher}
            connections={[publisher]}
            direction="inboundMbps"
            asOf={asOf}
          />
        )}
      </section>
      <section class={card} aria-labelledby="viewers-title">
        <h3 id="viewers-title">
          {text.viewers} <span class="muted">{format.value.count(viewerCount)}</span>
        </h3>
        {viewerCount === 0 ? (
          <p class="muted">{isPartial ? text.unread : nobody}</p>
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
            {text.more(format.value.count(Math.min(VIEWERS_STEP, hidden)))}
          </button>
        )}
      </section>
    </>
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
    <p class="words-warning" role="status">
      {connections.lost} {link.failures[code]}
      {ageMs !== null && ` (${link.lastSeen(format.value.age(ageMs))})`}
    </p>
  );
}

interface NobodyProps {
  readonly listed: ListedStream;
  /** Who published it last, as far as this page saw. */
  readonly lastPublisher: ConnectionRecord | null;
}

/** What is said in place of a publisher: that there is none, or none is known, and who it was before. */
export function Nobody({ listed, lastPublisher }: NobodyProps) {
  const text = useDashboard().texts.value.before;
  const { stream, health, stale } = listed;
  if (stale || stream.state === 'unknown') return <p class="muted">{text.notKnown}</p>;
  if (stream.pull != null) return <p class="muted">{text.fetched}</p>;
  const isSilent = stream.state === 'live' || stream.state === 'stalled' || health === 'unknown';
  if (isSilent) return <p class="muted">{text.notKnown}</p>;
  const before = publisherBefore(stream.last ?? null, lastPublisher);
  return before === null ? <p class="muted">{text.nobody}</p> : <LastPublisher publisher={before} />;
}

interface LastPublisher {
  readonly remoteAddr: string | null;
  readonly user: string | null;
  readonly userAgent: string | null;
  readonly protocol: Protocol | null;
}

function publisherBefore(last: LastLive | null, seen: ConnectionRecord | null): LastPublisher | null {
  return last?.publisher == null ? seen : { ...last.publisher, protocol: last.protocol };
}

function LastPublisher({ publisher }: { readonly publisher: LastPublisher }) {
  const { texts } = useDashboard();
  const { connections, before } = texts.value;
  return (
    <>
      <p class="muted">{before.publisher}</p>
      <Facts
        facts={[
          [connections.who, who(publisher, texts.value)],
          [connections.protocol, publisher.protocol === null ? null : protocolName(publisher.protocol)],
          [before.program, publisher.userAgent],
        ]}
      />
    </>
  );
}
