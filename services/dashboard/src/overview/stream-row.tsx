import type { StreamRecord } from '@mediamtx-monitor/types';
import { useDashboard } from '../context.ts';
import { mediaWords } from '../i18n/media-words.ts';
import type { Listed } from '../model/listed.ts';
import { protocolName } from '../model/protocol.ts';
import { HealthMark } from '../ui/health-mark.tsx';
import { Lasting } from '../ui/moment.tsx';
import { HealthWords } from './health-words.tsx';
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
  /** Whether a row has two lines, and no room for all columns. */
  readonly isNarrow: boolean;
  /** Whether the tab key stops here; arrow keys lead to the others. */
  readonly isTabStop: boolean;
}

export function StreamRow({ listed, rowIndex, hasManyServers, isNarrow, isTabStop }: StreamRowProps) {
  const { texts, format, href, feed, now } = useDashboard();
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
        <a href={href({ stream })} title={stream.name} tabIndex={isTabStop ? 0 : -1}>
          {hasManyServers && <span class="muted">{stream.server} / </span>}
          {stream.name}
        </a>
        {isNarrow && (
          <div class="under">
            <HealthWords listed={listed} />
          </div>
        )}
      </th>
      <td class="col-state">
        <span class={`state state-${stream.state}`}>{texts.value.states[stream.state]}</span>
      </td>
      <td class="col-health">{!isNarrow && <HealthWords listed={listed} />}</td>
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
        <Lasting since={stream.since} now={now()} />
      </td>
    </tr>
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
