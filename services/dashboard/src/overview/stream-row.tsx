import type { StreamRecord } from '@mediamtx-monitor/types';
import { useDashboard } from '../context.ts';
import { mediaWords } from '../i18n/media-words.ts';
import { reasonWords } from '../i18n/reason-words.ts';
import type { Listed } from '../model/listed.ts';
import { protocolName } from '../model/protocol.ts';
import { HealthMark } from '../ui/health-mark.tsx';
import { Lasting } from '../ui/moment.tsx';
import { Sparkline } from '../ui/sparkline.tsx';
import { Known } from '../ui/known.tsx';

/** Samples of the small line beside the rate: 90 s at 2 s. */
const SPARK_SAMPLES = 45;

interface StreamRowProps {
  readonly listed: Listed;
  /** Place among all rows, the head's included, from 1. */
  readonly rowIndex: number;
  /** Whether it has to be said on which server it is. */
  readonly hasManyServers: boolean;
}

export function StreamRow({ listed, rowIndex, hasManyServers }: StreamRowProps) {
  const { texts, format, href, feed } = useDashboard();
  const { stream, health, stale, key } = listed;
  const { decimal, ms, percent } = format.value;
  const words = texts.value.table;
  return (
    <tr
      aria-rowindex={rowIndex}
      class={stale ? `row row-${health} row-stale` : `row row-${health}`}
      data-key={key}
    >
      <th scope="row" class="col-stream">
        <HealthMark health={health} />
        <a href={href({ stream })} title={stream.name}>
          {hasManyServers && <span class="muted">{stream.server} / </span>}
          {stream.name}
        </a>
        <div class="under">
          <HealthWords listed={listed} />
        </div>
      </th>
      <td class="col-state">
        <span class={`state state-${stream.state}`}>{texts.value.states[stream.state]}</span>
      </td>
      <td class="col-health">
        <HealthWords listed={listed} />
      </td>
      <td class="col-media" title={mediaWords(stream)}>
        {mediaWords(stream)}
      </td>
      <td class="col-in number">
        <Sparkline
          values={feed.history.tail(stream.server, stream.name, 'inboundMbps', SPARK_SAMPLES)}
          length={SPARK_SAMPLES}
        />
        <Known text={decimal(stream.inboundMbps)} />
      </td>
      <td class="col-out number">
        <Known text={decimal(stream.outboundMbps)} />
      </td>
      <td class="col-viewers number">
        <Viewers stream={stream} />
      </td>
      <td
        class="col-rtt number"
        title={stream.latencyMs === null ? undefined : words.latency(ms(stream.latencyMs))}
      >
        <Known text={ms(stream.rttMs)} />
      </td>
      <td
        class="col-loss number"
        title={
          stream.linkLossPercent === null
            ? undefined
            : words.lossDetail(percent(stream.retransmitPercent), percent(stream.unrecoveredPercent))
        }
      >
        <Known text={percent(stream.linkLossPercent)} />
      </td>
      <td class="col-since number">
        <Lasting since={stream.since} />
      </td>
    </tr>
  );
}

/** The first reason in words, and how many more there are; of old data when it was last seen. */
function HealthWords({ listed: { stream, health, stale } }: { readonly listed: Listed }) {
  const { texts, format, feed } = useDashboard();
  if (stale) {
    const age = feed.ages.value.get(stream.server)?.ageMs ?? null;
    return <span class="muted">{texts.value.link.lastSeen(format.value.age(age))}</span>;
  }
  const [first, ...others] = stream.reasons;
  if (first === undefined) return <span class="muted">{texts.value.healths[health]}</span>;
  const all = stream.reasons.map((reason) => reasonWords(reason, texts.value, format.value));
  return (
    <span class={`words-${health}`} title={all.join('\n')}>
      {reasonWords(first, texts.value, format.value)}
      {others.length > 0 && <span class="muted"> {texts.value.table.moreReasons(others.length)}</span>}
    </span>
  );
}

/** How many watch, and over what. */
function Viewers({ stream }: { readonly stream: StreamRecord }) {
  const { texts, format } = useDashboard();
  const { count } = format.value;
  const by = Object.entries(stream.readersByProtocol)
    .filter(([, readers]) => readers > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([protocol, readers]) => texts.value.table.viewersBy(count(readers), protocolName(protocol)))
    .join(', ');
  return (
    <span title={by === '' ? undefined : by}>
      <span class="by-protocol muted">{by}</span> <b>{count(stream.readers)}</b>
    </span>
  );
}
