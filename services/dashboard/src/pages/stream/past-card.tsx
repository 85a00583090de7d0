import type { MonitorApi } from '@mediamtx-monitor/client';
import type { MonitorEvent, SessionRecord } from '@mediamtx-monitor/types';
import { globOf } from '../../data/stream-glob.ts';
import type { StreamId } from '../../data/view.ts';
import { who } from '../../i18n/reason-text.ts';
import { stateText } from '../../i18n/stream-text.ts';
import { protocolName } from '../../model/protocol.ts';
import { keyOf } from '../../model/streams.ts';
import { lastedMs } from '../../model/times.ts';
import { NoAnswer, useAnswer } from '../../ui/answer.tsx';
import { useDashboard } from '../../ui/context.ts';
import { Facts } from '../../ui/values.tsx';

/** The newest that is kept of a stream that isn't there. */
interface StreamPast {
  readonly ended: Extract<MonitorEvent, { type: 'stream.offline' }> | undefined;
  readonly published: SessionRecord | undefined;
}

/** More than one only where a glob stands for other streams, too. */
const AT_ONCE = 5;

async function askPast(api: MonitorApi, { server, name }: StreamId): Promise<StreamPast> {
  const query = { server, stream: globOf(name), limit: AT_ONCE };
  const [events, sessions] = await Promise.all([
    api.eventsPage({ ...query, type: ['stream.offline'] }),
    api.sessionsPage({ ...query, role: 'publish' }),
  ]);
  return {
    ended: events.items
      .filter((event) => event.type === 'stream.offline')
      .findLast(({ stream }) => stream === name),
    published: sessions.items.findLast(({ stream }) => stream === name),
  };
}

/** What the monitor kept of a stream that isn't there: when it ended, why, and who published it. */
export function PastCard({ id }: { readonly id: StreamId }) {
  const { texts } = useDashboard();
  const text = texts.value.kept;
  const { answer, error, askAgain } = useAnswer(`past ${keyOf(id)}`, (api) => askPast(api, id));
  return (
    <section class="card" aria-labelledby="past-title">
      <h3 id="past-title">{text.title}</h3>
      {error !== undefined && <NoAnswer error={error} askAgain={askAgain} />}
      {answer === undefined && error === undefined && <p class="muted">{text.asking}</p>}
      {answer !== undefined && <Past {...answer} />}
    </section>
  );
}

function Past({ ended, published }: StreamPast) {
  const { texts, format, now } = useDashboard();
  const { kept: text, verdict } = texts.value;
  const { time, duration } = format.value;
  if (ended === undefined && published === undefined) return <p class="muted">{text.nothing}</p>;
  const since = ended?.liveSince ?? null;
  const program = published?.userAgent ?? null;
  return (
    <Facts
      facts={[
        [
          verdict.ended,
          ended === undefined
            ? null
            : verdict.endedAt(time(Date.parse(ended.at), now()), duration(now() - Date.parse(ended.at))),
        ],
        [verdict.wasLive, ended === undefined || since === null ? null : duration(lastedMs(since, ended.at))],
        [text.why, ended?.cause == null ? null : whyOf(ended.cause)],
        [
          verdict.publishedBy,
          published === undefined
            ? null
            : `${who(published, texts.value)} · ${protocolName(published.protocol)}`,
        ],
        [text.program, program],
      ]}
    />
  );

  /** What MediaMTX said is anybody's text, shown as text. */
  function whyOf(cause: NonNullable<MonitorEvent['cause']>): string {
    const known = stateText(cause.source, text.causes);
    return cause.text === null ? known : `${known}: ${cause.text}`;
  }
}
