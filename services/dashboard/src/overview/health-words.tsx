import type { Dashboard } from '../dashboard.ts';
import { lastLiveWords } from '../i18n/last-live-words.ts';
import { reasonTitle, reasonWords } from '../i18n/reason-words.ts';
import type { Listed } from '../model/listed.ts';
import { lookOf } from '../model/look.ts';

/**
 * The worst reason in words, and how many more there are; when it was last live, of what isn't; of old data when it was
 * last seen.
 */
export function healthWords(listed: Listed, { texts, format, feed }: Dashboard) {
  const { stream, health, reasons, stale } = listed;
  if (stale) {
    const age = feed.ages.value.get(stream.server)?.ageMs ?? null;
    return <span class="muted">{texts.value.link.lastSeen(format.value.age(age))}</span>;
  }
  const last = lastLiveWords(listed, texts.value, format.value);
  const [worst] = reasons;
  if (worst === undefined) {
    const look = lookOf(health, stream.state);
    return <span class="muted">{last ?? texts.value.looks[look]}</span>;
  }
  const all = reasons.map((reason) => reasonTitle(reason, texts.value, format.value));
  return (
    <span class={`reasons words-${health}`} title={[...all, last].filter((line) => line !== null).join('\n')}>
      <span class="reason">{reasonWords(worst, texts.value, format.value)}</span>
      {reasons.length > 1 && (
        <span class="muted"> {texts.value.table.moreReasons(format.value.count(reasons.length - 1))}</span>
      )}
      {last !== null && <span class="last-live muted"> · {last}</span>}
    </span>
  );
}
