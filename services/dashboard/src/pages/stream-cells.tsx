import { reasonTitle, reasonText } from '../i18n/reason-text.ts';
import { lastLiveText } from '../i18n/stream-text.ts';
import { nameParts } from '../model/names.ts';
import { displayName, keyOf, type ListedStream, type Look, lookOf } from '../model/streams.ts';
import { silencedText } from './silenced-note.tsx';
import { type Dashboard, useDashboard } from '../ui/context.ts';
import { HealthMark, Icon } from '../ui/icon.tsx';

interface StreamNameProps {
  readonly server: string;
  readonly name: string;
  readonly look: Look;
  /** Whether the tab key stops here; arrow keys lead to the others. */
  readonly isTabStop: boolean;
}

/**
 * Health and name of a stream, and the link to its page. Where a reason stands instead of the health's word, screen
 * readers get the word here. Its numbers change with each tick, this seldom.
 */
export function StreamName({ server, name, look, isTabStop }: StreamNameProps) {
  const { href, hasManyServers, texts } = useDashboard();
  const isIll = look === 'critical' || look === 'warning';
  const label = displayName({ server, name }, hasManyServers.value);
  return (
    <>
      <HealthMark health={look} label={isIll ? texts.value.looks[look] : undefined} />
      <a
        class="stream-link"
        href={href({ stream: { server, name } })}
        title={name}
        aria-label={label}
        tabIndex={isTabStop ? 0 : -1}
      >
        {hasManyServers.value && (
          <span class="muted">
            <span class="of-server">{server}</span> /{' '}
          </span>
        )}
        <CutName name={name} />
      </a>
    </>
  );
}

/** A name whose middle goes where there is no room: first what others begin with, too. Its whole stands in a title. */
export function CutName({ name }: { readonly name: string }) {
  const { prefix, head, tail } = nameParts(name);
  return (
    <span class="cut-name">
      {prefix !== '' && <span class="cut-prefix">{prefix}</span>}
      <span class="cut-head">{head}</span>
      {tail !== '' && <span class="cut-tail">{tail}</span>}
    </span>
  );
}

/** Gives a stream a star in this browser, or takes it away. */
export function Star({ server, name, isTabStop }: Omit<StreamNameProps, 'look'>) {
  const { favourites, texts } = useDashboard();
  const key = keyOf({ server, name });
  const isOn = favourites.keys.value.has(key);
  const label = texts.value.order.star(name);
  return (
    <button
      type="button"
      class="star"
      aria-pressed={isOn}
      aria-label={label}
      title={isOn ? texts.value.order.unstar : texts.value.order.starHint}
      tabIndex={isTabStop ? 0 : -1}
      onClick={(event) => {
        // The row around it is a link.
        event.preventDefault();
        favourites.toggle(key);
      }}
    >
      <Icon name="star" />
    </button>
  );
}

/**
 * The worst reason in words, and how many more there are; when it was last live, of what isn't; of old data when it was
 * last seen.
 */
export function healthText(listed: ListedStream, dashboard: Dashboard) {
  const { texts, format, shown } = dashboard;
  const { stream, health, reasons, stale } = listed;
  if (stale) {
    const age = shown.ages.value.get(stream.server)?.ageMs ?? null;
    return <span class="muted">{texts.value.link.lastSeen(format.value.age(age))}</span>;
  }
  const last = lastLiveText(listed, texts.value, format.value);
  const [worst] = reasons;
  if (worst === undefined) {
    const look = lookOf(health, stream.state);
    return <span class="muted">{last ?? texts.value.looks[look]}</span>;
  }
  const silenced = silencedText({ kind: 'stream', server: stream.server, stream: stream.name }, dashboard);
  const all = reasons.map((reason) => reasonTitle(reason, texts.value, format.value));
  return (
    <span
      class={`reasons words-${health}`}
      title={[...all, silenced, last].filter((line) => line !== null).join('\n')}
    >
      <span class="reason">{reasonText(worst, texts.value, format.value)}</span>
      {reasons.length > 1 && (
        <span class="muted"> {texts.value.table.moreReasons(format.value.count(reasons.length - 1))}</span>
      )}
      {silenced !== null && <span class="muted"> · {silenced}</span>}
      {last !== null && <span class="last-live muted"> · {last}</span>}
    </span>
  );
}
