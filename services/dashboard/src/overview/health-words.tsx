import type { Dashboard } from '../dashboard.ts';
import { reasonWords } from '../i18n/reason-words.ts';
import type { Listed } from '../model/listed.ts';

/** The first reason in words, and how many more there are; of old data when it was last seen. */
export function healthWords({ stream, health, stale }: Listed, { texts, format, feed }: Dashboard) {
  if (stale) {
    const age = feed.ages.value.get(stream.server)?.ageMs ?? null;
    return <span class="muted">{texts.value.link.lastSeen(format.value.age(age))}</span>;
  }
  const all = stream.reasons.map((reason) => reasonWords(reason, texts.value, format.value));
  if (all.length === 0) return <span class="muted">{texts.value.healths[health]}</span>;
  return (
    <span class={`reasons words-${health}`} title={all.join('\n')}>
      <span class="reason">{all[0]}</span>
      {all.length > 1 && (
        <span class="muted"> {texts.value.table.moreReasons(format.value.count(all.length - 1))}</span>
      )}
    </span>
  );
}
