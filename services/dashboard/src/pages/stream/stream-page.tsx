import type { Cause } from '@mediamtx-monitor/model';
import { OF_NOW, type StreamId } from '../../data/view.ts';
import { goneStream } from '../../model/gone-stream.ts';
import { sourceProtocol } from '../../model/protocol.ts';
import { keyOf, type ListedStream } from '../../model/streams.ts';
import { useDashboard } from '../../ui/context.ts';
import { lazily } from '../../ui/loaded.tsx';
import type { OpenStream } from '../../worker/exchange.ts';
import { Charts, PastCharts } from '../charts.tsx';
import { StreamTimeline } from '../past.tsx';
import { Chain } from './chain.tsx';
import { ConnectionTables } from './connection-tables.tsx';
import { MediaCard } from './media-card.tsx';
import { Player, type PlayHope } from './player.tsx';
import { StreamHead } from './stream-head.tsx';
import { VerdictCard } from './verdict-card.tsx';

/** Of a stream that isn't there it takes nothing from the first screen. */
const ForwardsCard = lazily(async () => (await import('./forwards-card.tsx')).ForwardsCard);
const PastCard = lazily(async () => (await import('./past-card.tsx')).PastCard);
const AT_REST: Cause = { site: 'rest', evidence: [] };

/** Everything that is known of one stream; another stream is another page. */
export function StreamPage({ id }: { readonly id: StreamId }) {
  const { shown } = useDashboard();
  const open = shown.stream.value;
  // What is here may still be about another, for a moment.
  if (open?.key !== keyOf(id)) return <StreamHead id={id} listed={null} />;
  const listed = open.listed ?? goneListed(open);
  if (listed === null) {
    const isKnown = shown.servers.value.has(id.server) ? open.isTold : shown.isSettled.value;
    return (
      <>
        <StreamHead id={id} listed={null} />
        <NeverSeen id={id} isKnown={isKnown} />
      </>
    );
  }
  return (
    <>
      <StreamHead id={id} listed={listed} />
      <StreamParts id={id} open={open} listed={listed} />
    </>
  );

  /** The last that this page saw of a stream that its server doesn't list any more. */
  function goneListed({ lastSeen, lastPublisher }: OpenStream): ListedStream | null {
    if (lastSeen === null) return null;
    return goneStream(
      lastSeen,
      lastPublisher,
      shown.servers.value.get(id.server)?.publishedAt ?? lastSeen.asOf,
    );
  }
}

interface StreamPartsProps {
  readonly id: StreamId;
  readonly open: OpenStream;
  /** It, or the last that was seen of it. */
  readonly listed: ListedStream;
}

function StreamParts({ id, open, listed }: StreamPartsProps) {
  const { stream } = listed;
  const isGone = open.listed === null;
  const cause = open.cause ?? AT_REST;
  const forwards = stream.forwards ?? [];
  // Where there is little to say of trouble, there is room beside the picture.
  const isCalm = cause.site === 'none' || cause.site === 'rest';
  return (
    <div class={`stream-page${isCalm ? ' stream-page-calm' : ''}${listed.stale ? ' stale' : ''}`}>
      <VerdictCard listed={listed} cause={cause} isGone={isGone} lastPublisher={open.lastPublisher} />
      <Chain listed={listed} cause={cause} open={open} />
      <Player stream={id} hope={hopeOf(listed)} />
      <div class="stream-tables">
        <ConnectionTables open={open} listed={listed} />
        {forwards.length > 0 && <ForwardsCard forwards={forwards} />}
        {isUnknownPast(listed) && <PastCard id={id} />}
      </div>
      <MediaCard stream={stream} />
      <Charts samples={open.charts} protocol={sourceProtocol(stream)} />
      <StreamTimeline id={id} />
    </div>
  );
}

/** Whether it is published, isn't live, and its record doesn't say what it was. */
function isUnknownPast({ stream }: ListedStream): boolean {
  const isLive = stream.state === 'live' || stream.state === 'stalled' || stream.state === 'unknown';
  return !isLive && stream.last == null && stream.pull == null;
}

function hopeOf({ stream, stale }: ListedStream): PlayHope {
  // What isn't known may well play.
  if (stale || stream.state === 'live' || stream.state === 'stalled' || stream.state === 'unknown')
    return 'live';
  return (stream.pull?.onDemand ?? stream.onDemand) === true ? 'on-demand' : 'not-live';
}

interface NeverSeenProps {
  readonly id: StreamId;
  /** Whether all is known that there is, so that waiting is over. */
  readonly isKnown: boolean;
}

/** What is said of a stream that this page never saw: what the monitor kept of it. */
function NeverSeen({ id, isKnown }: NeverSeenProps) {
  const { texts, href } = useDashboard();
  const text = texts.value.stream;
  return (
    <div class="stream-gone">
      <div class="nothing nothing-more">
        <p>{isKnown ? text.gone : text.notYet}</p>
        {isKnown && <p class="muted">{text.goneHint}</p>}
        <a class="button" href={href({ stream: null, ...OF_NOW })}>
          {text.back}
        </a>
      </div>
      <PastCharts />
      {isKnown && (
        <>
          <PastCard id={id} />
          <StreamTimeline id={id} />
        </>
      )}
    </div>
  );
}
