import { useDashboard } from '../context.ts';
import { lastLiveWords } from '../i18n/last-live-words.ts';
import { stateWords } from '../i18n/state-words.ts';
import { lastedMs } from '../model/lasted.ts';
import type { Listed, StreamId } from '../model/listed.ts';
import { lookOf } from '../model/look.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { HealthMark } from '../ui/health-mark.tsx';
import { Icon } from '../ui/icon.tsx';
import { Lasting } from '../ui/moment.tsx';

interface StreamHeadProps {
  readonly id: StreamId;
  /** `undefined` when the stream isn't there. */
  readonly listed: Listed | undefined;
}

/** Name and state of the stream, and the way back. */
export function StreamHead({ id, listed }: StreamHeadProps) {
  const { texts, href, feed, format } = useDashboard();
  const words = texts.value.stream;
  const look = listed === undefined ? undefined : lookOf(listed.health, listed.stream.state);
  const last = listed === undefined ? null : lastLiveWords(listed, texts.value, format.value);
  const age = feed.ages.value.get(id.server)?.ageMs ?? null;
  return (
    <header class="stream-head">
      <a class="button button-icon" href={href({ stream: null })} aria-label={words.back} title={words.back}>
        <Icon name="back" />
      </a>
      <h2>
        {look !== undefined && <HealthMark health={look} />}
        <span class="muted">{id.server} / </span>
        <bdi>{id.name}</bdi>
      </h2>
      <CopyButton text={id.name} label={texts.value.copy.name} />
      <CopyButton text={new URL(href({}), document.baseURI).href} label={texts.value.copy.link} icon="link" />
      {listed !== undefined && (
        <p class={listed.stale ? 'stale' : undefined}>
          {look !== undefined && look !== 'rest' && (
            <>
              <span class={`words-${look}`}>{texts.value.looks[look]}</span>
              {' · '}
            </>
          )}
          <span class={`state state-${listed.stream.state}`}>
            {stateWords(listed.stream.state, texts.value.states)}
          </span>
          {' · '}
          <span class="muted">
            {listed.stale ? (
              texts.value.link.lastSeen(format.value.age(age))
            ) : (
              <Lasting
                since={listed.stream.since}
                text={format.value.duration(lastedMs(listed.stream.since, listed.toldAt))}
              />
            )}
            {!listed.stale && last !== null && ` · ${last}`}
          </span>
        </p>
      )}
    </header>
  );
}
