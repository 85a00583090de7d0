import { useDashboard } from '../context.ts';
import type { Truth } from '../model/truth.ts';
import { DEFAULT_VIEW } from '../model/view-state.ts';
import { reasonWords } from '../i18n/reason-words.ts';

/** Streams that are named; the others are counted. */
const NAMED = 3;

/** The names behind the sentence, as links. */
export function TruthDetail({ truth }: { readonly truth: Truth }) {
  const { texts, format, href, view } = useDashboard();
  const words = texts.value.truth;
  if (truth.kind === 'well') {
    const [live, streams] = [truth.live, truth.streams].map(format.value.count);
    return <p class="truth-detail">{words.wellDetail(live ?? '', streams ?? '', truth.servers)}</p>;
  }
  if (truth.kind !== 'attention') return null;
  const { kiosk, lang, theme } = view.value;
  const more = truth.streams.length - NAMED;
  return (
    <ul class="truth-detail">
      {truth.servers.length > 1 &&
        truth.servers.map(({ server, problem }) => (
          <li key={server}>
            <strong>{server}</strong> {texts.value.serverProblems[problem]}
          </li>
        ))}
      {truth.streams.slice(0, NAMED).map(({ key, stream }) => (
        <li key={key}>
          <a href={href({ stream })}>{stream.name}</a>
          {stream.reasons[0] && (
            <span class="muted"> {reasonWords(stream.reasons[0], texts.value, format.value)}</span>
          )}
        </li>
      ))}
      {more > 0 && (
        <li class="more">
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
            {words.more(more)}
          </a>
        </li>
      )}
    </ul>
  );
}
