import { useDashboard } from '../context.ts';
import type { Truth } from '../model/truth.ts';
import { DEFAULT_VIEW } from '../model/view-state.ts';
import { reasonWords } from '../i18n/reason-words.ts';
import { HealthMark } from '../ui/health-mark.tsx';

/** Servers and streams that are named; the others are counted. */
const NAMED = 3;

/** The names behind the sentence, as links. */
export function TruthDetail({ truth }: { readonly truth: Truth }) {
  const { texts, format, href, view } = useDashboard();
  const words = texts.value.truth;
  if (truth.kind === 'well') {
    const { count } = format.value;
    return (
      <p class="truth-detail">{words.wellDetail(count(truth.live), count(truth.streams), truth.servers)}</p>
    );
  }
  if (truth.kind === 'unsure') {
    return (
      <ul class="truth-detail">
        {truth.unread.map(({ server, lists }) => (
          <li key={server}>
            <strong>{server}</strong>{' '}
            <span class="muted">{texts.value.serversPage.missing(format.value.list(lists))}</span>
          </li>
        ))}
      </ul>
    );
  }
  if (truth.kind !== 'attention') return null;
  const { kiosk, lang, theme } = view.value;
  const moreServers = truth.servers.length - NAMED;
  const moreStreams = truth.streams.length - NAMED;
  return (
    <ul class="truth-detail">
      {truth.servers.length > 1 &&
        truth.servers.slice(0, NAMED).map(({ server, problem }) => (
          <li key={server}>
            <strong>{server}</strong> <span>{texts.value.serverProblems[problem]}</span>
          </li>
        ))}
      {moreServers > 0 && (
        <li>
          <a href={href({ ...DEFAULT_VIEW, kiosk, lang, theme, view: 'servers' })}>
            {words.more(format.value.count(moreServers))}
          </a>
        </li>
      )}
      {truth.streams.slice(0, NAMED).map(({ key, label, stream, health }) => (
        <li key={key}>
          <HealthMark health={health} word={texts.value.healths[health]} />
          <a href={href({ stream })} title={label}>
            {label}
          </a>{' '}
          {stream.reasons[0] && <span>{reasonWords(stream.reasons[0], texts.value, format.value)}</span>}
        </li>
      ))}
      {moreStreams > 0 && (
        <li>
          <a
            href={href({
              ...DEFAULT_VIEW,
              kiosk,
              lang,
              theme,
              view: 'streams',
              health: ['warning', 'critical'],
            })}
          >
            {words.more(format.value.count(moreStreams))}
          </a>
        </li>
      )}
    </ul>
  );
}
