import { useEffect, useMemo } from 'preact/hooks';
import type { LastSeen } from '../data/history.ts';
import type { StreamId } from '../data/view.ts';
import { lastLiveText, stateText } from '../i18n/stream-text.ts';
import { sourceProtocol } from '../model/protocol.ts';
import { keyOf, type ListedStream, lookOf } from '../model/streams.ts';
import { lastedMs } from '../model/times.ts';
import { CauseCard } from './cause-card.tsx';
import { Charts } from './charts.tsx';
import { ConnectionTables } from './connection-tables.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { ForwardsCard, LatencyCard, MediaCard, PullCard } from './stream-details.tsx';
import { useDashboard } from '../ui/context.ts';
import { CopyButton } from '../ui/copy.tsx';
import { HealthMark, Icon } from '../ui/icon.tsx';
import { Lasting } from '../ui/values.tsx';

/** Everything that is known of one stream; another stream is another page. */
export function StreamPage({ id }: { readonly id: StreamId }) {
  const { list, watch, feed } = useDashboard();
  const key = keyOf(id);
  const watched = useMemo(() => watch(id), []);
  useEffect(
    () => () => {
      watched.close();
    },
    [watched],
  );

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
  const text = texts.value.stream;
  return (
    <div class="nothing">
      <p>{isKnown ? text.gone : text.notYet}</p>
      {isKnown && <p class="muted">{text.goneHint}</p>}
      <a class="button" href={href({ stream: null })}>
        {text.back}
      </a>
    </div>
  );
}

/** The last that this page saw of a stream that its server doesn't list any more. */
function Gone({ id, lastSeen }: { readonly id: StreamId; readonly lastSeen: LastSeen }) {
  const { feed, texts, format } = useDashboard();
  const text = texts.value.lastSeen;
  const { clock, duration } = format.value;
  const { record, asOf } = lastSeen;
  const now = feed.fleet.value.servers.get(id.server)?.publishedAt ?? asOf;
  return (
    <>
      <div class="nothing nothing-more">
        <p>{text.gone}</p>
        <p class="muted">{text.at(clock(Date.parse(asOf)), duration(lastedMs(asOf, now)))}</p>
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

interface StreamHeadProps {
  readonly id: StreamId;
  /** `undefined` when the stream isn't there. */
  readonly listed: ListedStream | undefined;
}

/** Name and state of the stream, and the way back. */
function StreamHead({ id, listed }: StreamHeadProps) {
  const { texts, href, feed, format } = useDashboard();
  const text = texts.value.stream;
  const look = listed === undefined ? undefined : lookOf(listed.health, listed.stream.state);
  const last = listed === undefined ? null : lastLiveText(listed, texts.value, format.value);
  const age = feed.ages.value.get(id.server)?.ageMs ?? null;
  return (
    <header class="stream-head">
      <a class="button button-icon" href={href({ stream: null })} aria-label={text.back} title={text.back}>
        <Icon name="back" />
      </a>
      <h2>
        {look !== undefined && <HealthMark health={look} />}
        <span class="muted">{id.server} / </span>
        <bdi>{id.name}</bdi>
      </h2>
      <CopyButton text={id.name} label={texts.value.copy.name} />
      <CopyButton text={new URL(href({}), document.baseURI).href} label={texts.value.copy.link} icon="link" />
      {listed !== undefined && (
        <p class={listed.stale ? 'stale' : undefined}>
          {look !== undefined && look !== 'rest' && (
            <>
              <span class={`words-${look}`}>{texts.value.looks[look]}</span>
              {' · '}
            </>
          )}
          <span class={`state state-${listed.stream.state}`}>
            {stateText(listed.stream.state, texts.value.states)}
          </span>
          {' · '}
          <span class="muted">
            {listed.stale ? (
              texts.value.link.lastSeen(format.value.age(age))
            ) : (
              <Lasting
                since={listed.stream.since}
                text={format.value.duration(lastedMs(listed.stream.since, listed.asOf))}
              />
            )}
            {!listed.stale && last !== null && ` · ${last}`}
          </span>
        </p>
      )}
    </header>
  );
}
