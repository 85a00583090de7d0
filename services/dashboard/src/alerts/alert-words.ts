import { fleetTroubleWords, type Telling } from '../i18n/fleet-trouble-words.ts';
import { reasonWords } from '../i18n/reason-words.ts';
import type { Alarm } from './alarms.ts';

/** Lines of a notification; more than that nobody reads. */
const LINES = 4;

/** Title and text of a notification. @param news the worst first */
export function alertWords(news: readonly Alarm[], telling: Telling): [title: string, body: string] {
  const { texts, format } = telling;
  const lines = news.map((alarm) => lineOf(alarm, telling));
  const more = lines.length - LINES;
  const shown = more > 0 ? [...lines.slice(0, LINES), texts.truth.more(format.count(more))] : lines;
  const isOfStreams = news[0]?.kind === 'stream';
  const subjects = new Set(
    news.filter(({ kind }) => (kind === 'stream') === isOfStreams).map(({ subject }) => subject),
  );
  const count = format.count(subjects.size);
  const title = isOfStreams
    ? texts.truth.streams(subjects.size, count)
    : texts.fleet.subjects(subjects.size, count);
  return [title, shown.join('\n')];
}

function lineOf(alarm: Alarm, telling: Telling): string {
  if (alarm.kind === 'fleet') return fleetTroubleWords(alarm.trouble, telling);
  const name = alarm.listed.label;
  return alarm.reason === undefined
    ? name
    : `${name}: ${reasonWords(alarm.reason, telling.texts, telling.format)}`;
}
