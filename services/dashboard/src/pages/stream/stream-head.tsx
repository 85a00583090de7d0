import { OF_NOW, type StreamId } from '../../data/view.ts';
import { lastLiveText, stateText } from '../../i18n/stream-text.ts';
import { type ListedStream, lookOf } from '../../model/streams.ts';
import { lastedMs } from '../../model/times.ts';
import { silencedText } from '../silenced-note.tsx';
import { useDashboard } from '../../ui/context.ts';
import { CopyButton } from '../../ui/copy.tsx';
import { HealthMark, Icon } from '../../ui/icon.tsx';
import { lazily } from '../../ui/loaded.tsx';
import { Lasting } from '../../ui/values.tsx';

const AlertActions = lazily(async () => (await import('./alert-actions.tsx')).AlertActions);

interface StreamHeadProps {
  readonly id: StreamId;
  /** `null` when the stream isn't there. */
  readonly listed: ListedStream | null;
}

/** Name and state of the stream, and the way back. */
export function StreamHead({ id, listed }: StreamHeadProps) {
  const dashboard = useDashboard();
  const { texts, href, shown, format } = dashboard;
  const silenced = silencedText({ kind: 'stream', server: id.server, stream: id.name }, dashboard);
  const text = texts.value.stream;
  const look = listed === null ? undefined : lookOf(listed.health, listed.stream.state);
  const last = listed === null ? null : lastLiveText(listed, texts.value, format.value);
  const age = shown.ages.value.get(id.server)?.ageMs ?? null;
  return (
    <header class="stream-head">
      <a
        class="button button-icon"
        href={href({ stream: null, ...OF_NOW })}
        aria-label={text.back}
        title={text.back}
      >
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
            {silenced !== null && ` · ${silenced}`}
            {!listed.stale && last !== null && <span class="for-wide"> · {last}</span>}
          </span>
        </p>
      )}
      {listed !== null && <AlertActions id={id} listed={listed} />}
    </header>
  );
}
