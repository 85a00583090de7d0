import type { AlertSubject } from '@mediamtx-monitor/types';
import { subjectKeyOf } from '../model/silenced.ts';
import type { Dashboard } from '../ui/context.ts';

/** That nobody is told of it, and until when; `null` where it isn't silenced. */
export function silencedText(
  subject: AlertSubject,
  { shown, texts, format, now }: Pick<Dashboard, 'shown' | 'texts' | 'format' | 'now'>,
): string | null {
  const silenced = shown.silenced.value[subjectKeyOf(subject)];
  if (silenced === undefined) return null;
  const text = texts.value.alerts;
  return silenced.until === null
    ? text.inMaintenance
    : text.silencedUntil(format.value.shortTime(Date.parse(silenced.until), now()));
}
