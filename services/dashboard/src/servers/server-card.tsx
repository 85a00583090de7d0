import type { StreamsMessage } from '@mediamtx-monitor/types';
import { useDashboard } from '../context.ts';
import { useTelling } from '../head/use-telling.ts';
import { silenceWords } from '../i18n/fleet-trouble-words.ts';
import { UNKNOWN } from '../i18n/format.ts';
import { serverHealth, serverTroubles } from '../model/fleet-trouble.ts';
import { tickDurationMs } from '../model/tick-duration.ts';
import { DEFAULT_VIEW } from '../model/view-state.ts';
import { Facts } from '../ui/facts.tsx';
import { HealthMark } from '../ui/health-mark.tsx';
import { SourceError } from '../ui/source-error.tsx';

/** One server: whether it answers, what it lacks, how fresh and how much. */
export function ServerCard({ message }: { readonly message: StreamsMessage }) {
  const { feed, texts, format, href, view, silences } = useDashboard();
  const telling = useTelling();
  const words = texts.value.serversPage;
  const { server, source, missing, totals, intervalMs, simulated } = message;
  const { count, mbps, age } = format.value;
  const isStale = feed.stale.value.has(server);
  const ageMs = feed.ages.value.get(server)?.ageMs ?? null;
  const isUp = source.status === 'up';
  const silence = silences.value.get(server);
  const health = serverHealth(serverTroubles(message, silence), silence);
  const silent = silence && silenceWords(server, silence, telling);
  const problem =
    source.status === 'up' ? undefined : `MediaMTX ${texts.value.serverProblems[source.status]}`;
  const said = silence?.level === 'critical' ? [silent, problem] : [problem, silent];
  const tickMs = isUp ? tickDurationMs(message) : null;
  const { kiosk, lang, theme } = view.value;
  return (
    <li class={isStale && isUp ? 'card stale' : 'card'}>
      <h3 class="card-title">
        <HealthMark health={health} word={texts.value.healths[health]} />
        <a href={href({ ...DEFAULT_VIEW, kiosk, lang, theme, server: [server] })}>{server}</a>
        {simulated && <span class="badge badge-simulated">{texts.value.head.simulated}</span>}
      </h3>
      {silent === undefined ? (
        <p>
          {problem ?? words.up}
          {isStale && ` – ${texts.value.link.lastSeen(age(ageMs))}`}
        </p>
      ) : (
        said.map((sentence) => sentence !== undefined && <p key={sentence}>{sentence}</p>)
      )}
      <SourceError head={message} />
      {isUp && missing.length > 0 && (
        <p class="words-warning wrap">{words.missing(format.value.list(missing))}</p>
      )}
      <Facts
        facts={[
          [words.version, source.version ?? (isUp ? words.versionUnknown : UNKNOWN)],
          [words.age, age(ageMs)],
          [words.interval, format.value.duration(intervalMs)],
          [words.pollTime, format.value.ms(tickMs)],
          [words.streams, count(totals.streams)],
          [words.live, count(totals.states?.live ?? null)],
          [words.viewers, count(totals.readers)],
          [words.inbound, mbps(totals.inboundMbps)],
          [words.outbound, mbps(totals.outboundMbps)],
        ]}
      />
    </li>
  );
}
