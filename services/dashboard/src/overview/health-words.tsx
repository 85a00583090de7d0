import type { Dashboard } from '../dashboard.ts';
import { reasonWords } from '../i18n/reason-words.ts';
import type { Listed } from '../model/listed.ts';

/**
 * The first reason in words, and how many more there are; of old data when it was last seen. Readers, who don't see the
 * mark beside the name, are told the health too.
 */
export function healthWords({ stream, health, stale }: Listed, { texts, format, feed }: Dashboard) {
  if (stale) {
    const age = feed.ages.value.get(stream.server)?.ageMs ?? null;
    return <span class="muted">{texts.value.link.lastSeen(format.value.age(age))}</span>;
  }
  const [first, ...others] = stream.reasons;
  if (first === undefined) return <span class="muted">{texts.value.healths[health]}</span>;
  const all = stream.reasons.map((reason) => reasonWords(reason, texts.value, format.value));
  return (
    <span class={`reasons words-${health}`} title={all.join('\n')}>
      <span class="visually-hidden">{texts.value.healths[health]}: </span>
      <span class="reason">{reasonWords(first, texts.value, format.value)}</span>
      {others.length > 0 && (
        <span class="muted"> {texts.value.table.moreReasons(format.value.count(others.length))}</span>
      )}
    </span>
  );
}
