import type { SessionRecord } from '@mediamtx-monitor/types';
import type { EventWords } from './event-text.ts';

/** How a session ended, and between which times where nobody looked; `null` while it is open. */
export function endText(
  { cause, end, unseenSince }: SessionRecord,
  { texts, format }: EventWords,
): string | null {
  if (end === null) return null;
  const { causes, endBetween } = texts.sessionsPage;
  const source = cause?.source ?? 'unknown';
  const said = Object.hasOwn(causes, source) ? causes[source] : source;
  const why = cause?.text == null ? said : `${said}: ${cause.text}`;
  if (unseenSince === null) return why;
  const [from, to] = [unseenSince, end].map((iso) => format.moment(Date.parse(iso)));
  return `${why}; ${endBetween(from ?? '', to ?? '')}`;
}

/** For how long it was in trouble, as far as is known; `null` while that isn't told. */
export function sessionHealthText({ healthMs }: SessionRecord, { texts, format }: EventWords): string | null {
  if (healthMs === null) return null;
  const { healthWell, healthIll, unknownFor } = texts.sessionsPage;
  const { ok, warning, critical, unknown } = healthMs;
  const ill = warning + critical;
  const unknownText = unknown < 1_000 ? '' : format.duration(unknown);
  if (ok + ill === 0) return unknownFor(format.duration(unknown));
  return ill > 0 ? healthIll(format.duration(ill), unknownText) : healthWell(unknownText);
}
