import type { HostRecord, StreamsHead } from '@mediamtx-monitor/types';
import { DEFAULT_VIEW } from '../../data/view.ts';
import { silenceText } from '../../i18n/fleet-text.ts';
import { UNKNOWN } from '../../i18n/format.ts';
import { tickDurationMs } from '../../model/times.ts';
import { useDashboard, useTextContext } from '../../ui/context.ts';
import { HealthMark } from '../../ui/icon.tsx';
import { useInView } from '../../ui/in-view.ts';
import { HistoryLink } from '../../ui/range-bar.tsx';
import { SourceError } from '../../ui/source-error.tsx';
import { Facts } from '../../ui/values.tsx';
import { useServerLook } from '../server-look.ts';
import { HostDetails, HostGlance } from './host-details.tsx';
import { Hour, More } from './row-parts.tsx';
import { useHour } from './use-hour.ts';

const FIELDS = ['inboundMbps', 'outboundMbps'] as const;
const HOST_FIELDS = ['cpuPercent'] as const;

interface ServerRowProps {
  readonly head: StreamsHead;
  /** The machine it runs on, where that is known. */
  readonly host: HostRecord | undefined;
}

/** One server and its machine: whether it answers, what it lacks, how much there is, and was in the last hour. */
export function ServerRow({ head, host }: ServerRowProps) {
  const { shown, texts, format, href, view } = useDashboard();
  const { isInView, watch } = useInView();
  const { server, source, totals, simulated } = head;
  const hour = useHour({ server }, FIELDS, isInView);
  const hostHour = useHour(host === undefined ? null : { host: host.host }, HOST_FIELDS, isInView);
  const text = texts.value.serversPage;
  const { mbps, percent } = format.value;
  const isUp = source.status === 'up';
  const { look, isHostStale } = useServerLook({ server, head, host });
  const { kiosk, lang, theme } = view.value;
  const cpu = host === undefined || isHostStale ? UNKNOWN : percent(host.cpu.percent);
  return (
    <li
      ref={watch}
      class={shown.stale.value.has(server) && isUp ? 'card server-row stale' : 'card server-row'}
    >
      <h3 class="card-title">
        <HealthMark health={look} label={texts.value.healths[look]} />
        <a href={href({ ...DEFAULT_VIEW, kiosk, lang, theme, server: [server] })}>{server}</a>
        {simulated && <span class="badge badge-simulated">{texts.value.header.simulated}</span>}
      </h3>
      <div class="server-said">
        <ServerState head={head} />
        {host !== undefined && <HostGlance host={host} isNamed />}
      </div>
      <div class="hours">
        <Hour label={text.cpu} text={cpu} hour={hostHour} field="cpuPercent" atLeast={100} />
        <Hour
          label={text.inbound}
          text={mbps(totals.inboundMbps)}
          hour={hour}
          field="inboundMbps"
          atLeast={0}
        />
        <Hour
          label={text.outbound}
          text={mbps(totals.outboundMbps)}
          hour={hour}
          field="outboundMbps"
          atLeast={0}
        />
      </div>
      <More name={server} isOpen={!isUp}>
        {() => (
          <>
            <div>
              <SourceError head={head} />
              <ServerFacts head={head} />
              <HistoryLink server={[server]} />
            </div>
            {host !== undefined && (
              <div class="server-host">
                <h4>{`${texts.value.serverRows.host} ${host.host}`}</h4>
                <HostDetails host={host} />
              </div>
            )}
          </>
        )}
      </More>
    </li>
  );
}

/** Whether MediaMTX answers, which version, and what can't be read. */
function ServerState({ head }: { readonly head: StreamsHead }) {
  const { shown, texts, format } = useDashboard();
  const context = useTextContext();
  const text = texts.value.serversPage;
  const { server, source, missing } = head;
  const isUp = source.status === 'up';
  const isStale = shown.stale.value.has(server);
  // Ages change each second, and matter only here.
  const ageMs = isStale ? (shown.ages.value.get(server)?.ageMs ?? null) : null;
  const silence = shown.silences.value.get(server);
  const silent = silence && silenceText(server, silence, context);
  const problem =
    source.status === 'up' ? undefined : `MediaMTX ${texts.value.serverProblems[source.status]}`;
  const said = silence?.level === 'critical' ? [silent, problem] : [problem, silent];
  return (
    <>
      {silent === undefined ? (
        <p>
          {problem ?? text.up}
          {isUp && source.version !== null && ` · ${source.version}`}
          {isStale && ` – ${texts.value.link.lastSeen(format.value.age(ageMs))}`}
        </p>
      ) : (
        said.map((sentence) => sentence !== undefined && <p key={sentence}>{sentence}</p>)
      )}
      {isUp && missing.length > 0 && (
        <p class="words-warning wrap">{text.missing(format.value.list(missing))}</p>
      )}
    </>
  );
}

function ServerFacts({ head }: { readonly head: StreamsHead }) {
  const { shown, texts, format } = useDashboard();
  const text = texts.value.serversPage;
  const { server, source, totals, intervalMs } = head;
  const { count, mbps, age } = format.value;
  const isUp = source.status === 'up';
  return (
    <Facts
      facts={[
        [text.version, source.version ?? (isUp ? text.versionUnknown : UNKNOWN)],
        [text.age, age(shown.ages.value.get(server)?.ageMs ?? null)],
        [text.interval, format.value.duration(intervalMs)],
        [text.pollTime, format.value.ms(isUp ? tickDurationMs(head) : null)],
        [text.streams, count(totals.streams)],
        [text.live, count(totals.states?.live ?? null)],
        [text.viewers, count(totals.readers)],
        [text.inbound, mbps(totals.inboundMbps)],
        [text.outbound, mbps(totals.outboundMbps)],
      ]}
    />
  );
}
