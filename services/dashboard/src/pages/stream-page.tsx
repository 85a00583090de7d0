import type { LastSeen } from '../data/history.ts';
import type { StreamId } from '../data/view.ts';
import { lastLiveText, stateText } from '../i18n/stream-text.ts';
import { sourceProtocol } from '../model/protocol.ts';
import { keyOf, type ListedStream, lookOf } from '../model/streams.ts';
import { lastedMs } from '../model/times.ts';
import { CauseCard } from './cause-card.tsx';
import { Charts, PastCharts } from './charts.tsx';
import { ConnectionTables } from './connection-tables.tsx';
import { StreamTimeline } from './past.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { ForwardsCard, LatencyCard, MediaCard, PullCard } from './stream-details.tsx';
import { useDashboard } from '../ui/context.ts';
import { CopyButton } from '../ui/copy.tsx';
import { HealthMark, Icon } from '../ui/icon.tsx';
import { Lasting } from '../ui/values.tsx';
import type { ChartSamples } from '../worker/exchange.ts';

/** Everything that is known of one stream; another stream is another page. */
export function StreamPage({ id }: { readonly id: StreamId }) {
  const { shown } = useDashboard();
  const open = shown.stream.value;
  // What is here may still be about another, for a moment.
  if (open?.key !== keyOf(id)) return <StreamHead id={id} listed={null} />;
  const { listed, lastSeen, cause, charts, connections } = open;
  if (listed === null) {
    const isKnown = shown.servers.value.has(id.server) || shown.isSettled.value;
    return (
      <>
        <StreamHead id={id} listed={null} />
        {lastSeen === null ? (
          <>
            <NeverSeen id={id} isKnown={isKnown} />
            <PastCharts />
          </>
        ) : (
          <Gone id={id} lastSeen={lastSeen} charts={charts} />
        )}
      </>
    );
  }
  const { stream } = listed;
  const forwards = stream.forwards ?? [];
  return (
    <>
      <StreamHead id={id} listed={listed} />
      <div class={listed.stale ? 'stream-page stale' : 'stream-page'}>
        {cause !== null && <CauseCard listed={listed} cause={cause} />}
        <PreviewPanel stream={id} />
        <Charts samples={charts} protocol={sourceProtocol(stream)} />
        <div class="side">
          <MediaCard stream={stream} />
          {stream.pull != null && <PullCard pull={stream.pull} />}
          <LatencyCard publisher={connections?.publisher} />
        </div>
        <ConnectionTables open={open} listed={listed} />
        {forwards.length > 0 && <ForwardsCard forwards={forwards} />}
        <StreamTimeline id={id} />
      </div>
    </>
  );
}

/** @param isKnown whether all is known that there is, so that waiting is over */
function NeverSeen({ id, isKnown }: { readonly id: StreamId; readonly isKnown: boolean }) {
  const { texts, href } = useDashboard();
  const text = texts.value.stream;
  return (
    <>
      <div class="nothing">
        <p>{isKnown ? text.gone : text.notYet}</p>
        {isKnown && <p class="muted">{text.goneHint}</p>}
        <a class="button" href={href({ stream: null })}>
          {text.back}
        </a>
      </div>
      {isKnown && (
        <div class="stream-page">
          <StreamTimeline id={id} />
        </div>
      )}
    </>
  );
}

interface GoneProps {
  readonly id: StreamId;
  readonly lastSeen: LastSeen;
  readonly charts: ChartSamples;
}

/** The last that this page saw of a stream that its server doesn't list any more. */
function Gone({ id, lastSeen, charts }: GoneProps) {
  const { shown, texts, format } = useDashboard();
  const text = texts.value.lastSeen;
  const { clock, duration } = format.value;
  const { record, asOf } = lastSeen;
  const now = shown.servers.value.get(id.server)?.publishedAt ?? asOf;
  return (
    <>
      <div class="nothing nothing-more">
        <p>{text.gone}</p>
        <p class="muted">{text.at(clock(Date.parse(asOf)), duration(lastedMs(asOf, now)))}</p>
      </div>
      <div class="stream-page stale">
        <Charts samples={charts} protocol={sourceProtocol(record)} />
        <div class="side">
          <MediaCard stream={record} />
        </div>
      </div>
      <div class="stream-page">
        <StreamTimeline id={id} />
      </div>
    </>
  );
}

interface StreamHeadProps {
  readonly id: StreamId;
  /** `null` when the stream isn't there. */
  readonly listed: ListedStream | null;
}

/** Name and state of the stream, and the way back. */
function StreamHead({ id, listed }: StreamHeadProps) {
  const { texts, href, shown, format } = useDashboard();
  const text = texts.value.stream;
  const look = listed === null ? undefined : lookOf(listed.health, listed.stream.state);
  const last = listed === null ? null : lastLiveText(listed, texts.value, format.value);
  const age = shown.ages.value.get(id.server)?.ageMs ?? null;
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
      {listed !== null && (
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
