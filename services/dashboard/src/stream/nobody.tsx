import type { ConnectionRecord, LastLive, Protocol } from '@mediamtx-monitor/types';
import { useDashboard } from '../context.ts';
import type { Listed } from '../model/listed.ts';
import { protocolName } from '../model/protocol.ts';
import { Facts } from '../ui/facts.tsx';
import { who } from './evidence-words.ts';

interface NobodyProps {
  readonly listed: Listed;
  /** Who published it last, as far as this page saw. */
  readonly lastPublisher: ConnectionRecord | undefined;
}

/** What is said in place of a publisher: that there is none, or none is known, and who it was before. */
export function Nobody({ listed, lastPublisher }: NobodyProps) {
  const words = useDashboard().texts.value.before;
  const { stream, health, stale } = listed;
  if (stale || stream.state === 'unknown') return <p class="muted">{words.notKnown}</p>;
  if (stream.pull != null) return <p class="muted">{words.fetched}</p>;
  const isSilent = stream.state === 'live' || stream.state === 'stalled' || health === 'unknown';
  if (isSilent) return <p class="muted">{words.notKnown}</p>;
  const before = publisherBefore(stream.last ?? null, lastPublisher);
  return before === undefined ? <p class="muted">{words.nobody}</p> : <Before publisher={before} />;
}

interface Before {
  readonly remoteAddr: string | null;
  readonly user: string | null;
  readonly userAgent: string | null;
  readonly protocol: Protocol | null;
}

function publisherBefore(last: LastLive | null, seen: ConnectionRecord | undefined): Before | undefined {
  return last?.publisher == null ? seen : { ...last.publisher, protocol: last.protocol };
}

function Before({ publisher }: { readonly publisher: Before }) {
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
