import { useEffect, useMemo } from 'preact/hooks';
import { useDashboard } from '../context.ts';
import type { LastSeen } from '../data/history.ts';
import { lastedMs } from '../model/lasted.ts';
import { sourceProtocol } from '../model/link-kind.ts';
import { keyOf, type StreamId } from '../model/listed.ts';
import { PreviewPanel } from '../preview/preview-panel.tsx';
import { CauseCard } from './cause-card.tsx';
import { Charts } from './charts.tsx';
import { ConnectionTables } from './connection-tables.tsx';
import { ForwardsCard } from './forwards-card.tsx';
import { LatencyCard } from './latency-card.tsx';
import { MediaCard } from './media-card.tsx';
import { PullCard } from './pull-card.tsx';
import { StreamHead } from './stream-head.tsx';

/** Everything that is known of one stream; another stream is another page. */
export function StreamPage({ id }: { readonly id: StreamId }) {
  const { list, watch, feed } = useDashboard();
  const key = keyOf(id);
  const watched = useMemo(() => watch(id), []);
  useEffect(() => watched.close, [watched]);

  const listed = list.value.find((one) => one.key === key);
  if (listed === undefined) {
    const isKnown = feed.fleet.value.servers.has(id.server) || feed.isSettled.value;
    const lastSeen = feed.history.gone(id.server, id.name);
    return (
      <>
        <StreamHead id={id} listed={undefined} />
        {lastSeen === undefined ? <NeverSeen isKnown={isKnown} /> : <Gone id={id} lastSeen={lastSeen} />}
      </>
    );
  }
  const { stream } = listed;
  const connections = watched.connections.value;
  const { state } = watched.link.value;
  const isLost = state === 'waiting' || state === 'refused';
  const forwards = stream.forwards ?? [];
  return (
    <>
      <StreamHead id={id} listed={listed} />
      <div class={listed.stale ? 'stream-page stale' : 'stream-page'}>
        <CauseCard listed={listed} connections={isLost ? undefined : connections} />
        <PreviewPanel stream={id} />
        <Charts id={id} protocol={sourceProtocol(stream)} watched={watched} />
        <div class="side">
          <MediaCard stream={stream} />
          {stream.pull != null && <PullCard pull={stream.pull} />}
          <LatencyCard publisher={connections?.publisher} />
        </div>
        <ConnectionTables watched={watched} listed={listed} />
        {forwards.length > 0 && <ForwardsCard forwards={forwards} />}
      </div>
    </>
  );
}

/** @param isKnown whether all is known that there is, so that waiting is over */
function NeverSeen({ isKnown }: { readonly isKnown: boolean }) {
  const { texts, href } = useDashboard();
  const words = texts.value.stream;
  return (
    <div class="nothing">
      <p>{isKnown ? words.gone : words.notYet}</p>
      {isKnown && <p class="muted">{words.goneHint}</p>}
      <a class="button" href={href({ stream: null })}>
        {words.back}
      </a>
    </div>
  );
}

/** The last that this page saw of a stream that its server doesn't list any more. */
function Gone({ id, lastSeen }: { readonly id: StreamId; readonly lastSeen: LastSeen }) {
  const { feed, texts, format } = useDashboard();
  const words = texts.value.lastSeen;
  const { clock, duration } = format.value;
  const { record, toldAt } = lastSeen;
  const now = feed.fleet.value.servers.get(id.server)?.publishedAt ?? toldAt;
  return (
    <>
      <div class="nothing nothing-more">
        <p>{words.gone}</p>
        <p class="muted">{words.at(clock(Date.parse(toldAt)), duration(lastedMs(toldAt, now)))}</p>
      </div>
      <div class="stream-page stale">
        <Charts id={id} protocol={sourceProtocol(record)} watched={undefined} />
        <div class="side">
          <MediaCard stream={record} />
        </div>
      </div>
    </>
  );
}
