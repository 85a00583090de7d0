import { reasonTitle, reasonText } from '../i18n/reason-text.ts';
import { lastLiveText } from '../i18n/stream-text.ts';
import { type ListedStream, type Look, lookOf } from '../model/streams.ts';
import { type Dashboard, useDashboard } from '../ui/context.ts';
import { HealthMark } from '../ui/icon.tsx';

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
  return (
    <>
      <HealthMark health={look} label={isIll ? texts.value.looks[look] : undefined} />
      <a href={href({ stream: { server, name } })} title={name} tabIndex={isTabStop ? 0 : -1}>
        {hasManyServers.value && (
          <span class="muted">
            <span class="of-server">{server}</span> /{' '}
          </span>
        )}
        {name}
      </a>
    </>
  );
}

/**
 * The worst reason in words, and how many more there are; when it was last live, of what isn't; of old data when it was
 * last seen.
 */
export function healthText(listed: ListedStream, { texts, format, shown }: Dashboard) {
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
  const all = reasons.map((reason) => reasonTitle(reason, texts.value, format.value));
  return (
    <span class={`reasons words-${health}`} title={[...all, last].filter((line) => line !== null).join('\n')}>
      <span class="reason">{reasonText(worst, texts.value, format.value)}</span>
      {reasons.length > 1 && (
        <span class="muted"> {texts.value.table.moreReasons(format.value.count(reasons.length - 1))}</span>
      )}
      {last !== null && <span class="last-live muted"> · {last}</span>}
    </span>
  );
}
