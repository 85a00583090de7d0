import { useEffect, useMemo } from 'preact/hooks';
import { useDashboard } from '../context.ts';
import { keyOf, type StreamId } from '../model/listed.ts';
import { PreviewPanel } from '../preview/preview-panel.tsx';
import { Charts } from './charts.tsx';
import { ConnectionTables } from './connection-tables.tsx';
import { LatencyCard } from './latency-card.tsx';
import { MediaCard } from './media-card.tsx';
import { StreamHead } from './stream-head.tsx';
import { TroubleCard } from './trouble-card.tsx';

/** Everything that is known of one stream; another stream is another page. */
export function StreamPage({ id }: { readonly id: StreamId }) {
  const { list, watch, texts, feed, href } = useDashboard();
  const key = keyOf(id);
  const watched = useMemo(() => watch(id), []);
  useEffect(() => watched.close, [watched]);

  const listed = list.value.find((one) => one.key === key);
  if (listed === undefined) {
    const words = texts.value.stream;
    // Of a server that isn't there nothing comes: by then all others were told of.
    const isKnown = feed.fleet.value.servers.has(id.server) || feed.isSettled.value;
    return (
      <>
        <StreamHead id={id} listed={undefined} />
        <div class="nothing">
          <p>{isKnown ? words.gone : words.notYet}</p>
          {isKnown && <p class="muted">{words.goneHint}</p>}
          <a class="button" href={href({ stream: null })}>
            {words.back}
          </a>
        </div>
      </>
    );
  }
  const parties = watched.parties.value;
  const { state } = watched.link.value;
  const isLost = state === 'waiting' || state === 'refused';
  return (
    <>
      <StreamHead id={id} listed={listed} />
      <div class={listed.stale ? 'stream-page stale' : 'stream-page'}>
        <TroubleCard listed={listed} parties={isLost ? undefined : parties} />
        <PreviewPanel stream={id} />
        <Charts id={id} watched={watched} />
        <div class="side">
          <MediaCard stream={listed.stream} />
          <LatencyCard publisher={parties?.publisher} />
        </div>
        <ConnectionTables watched={watched} readers={listed.stream.readers} />
      </div>
    </>
  );
}
