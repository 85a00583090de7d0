import { knownExtent, knownSeconds } from '@mediamtx-monitor/model';
import type { Availability } from '@mediamtx-monitor/types';
import type { PublicStatus, StatusDay, StatusItem, StatusState } from '../http/status-page.ts';
import { escaped } from './html.ts';
import { MAX_INCIDENTS } from './public-status.ts';
import type { StatusLanguage } from './status-file.ts';
import { STATUS_TEXTS, statusFormats, type StatusTexts } from './texts.ts';

const BAD_PERCENT = 95;

/** What writes a page in one language. */
interface Words {
  readonly texts: StatusTexts;
  readonly formats: ReturnType<typeof statusFormats>;
}

/** A status page as HTML: no script, nothing inline, nothing from elsewhere. @param name of it, in URLs */
export function statusPage(name: string, status: PublicStatus, language: StatusLanguage): string {
  const words = { texts: STATUS_TEXTS[language], formats: statusFormats(language, status.timeZone) };
  const { texts, formats } = words;
  const { title, state, updatedAt, isStale, timeZone, items } = status;
  const bad = items.filter((item) => item.state === 'down' || item.state === 'disrupted').length;
  const verdict = texts.verdict(state, bad, items.length);
  const updated = updatedAt === null ? null : formats.time(updatedAt);
  const isAllUnknown = items.every((item) => item.state === 'unknown');
  const stale = isAllUnknown ? texts.stale(updated) : texts.staleInPart;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(`${verdict} – ${title}`)}</title>
<link rel="stylesheet" href="style.css">
<link rel="icon" href="data:,">
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<div class="verdict ${state}">
<p class="what">${escaped(verdict)}</p>
<p>${escaped(updated === null ? texts.neverUpdated : texts.updated(updated))}</p>
</div>
${isStale ? `<p class="stale">${escaped(stale)}</p>\n` : ''}${groupsOf(items)
    .map(([group, members]) => groupSection(group, members, status.isHistoryComing, words))
    .join('\n')}
<section>
<h2>${escaped(texts.incidents)}</h2>
${incidentList(status, words)}
</section>
<footer><p>${escaped(texts.bars)}</p><p>${escaped(texts.zone(timeZone))}</p><p><a href="${escaped(name)}.json">${escaped(texts.asJson)}</a></p></footer>
</main>
</body>
</html>
`;
}

/** Items by group, in the order in which they stand in the file. */
function groupsOf(items: readonly StatusItem[]): readonly (readonly [string | null, StatusItem[]])[] {
  const groups = new Map<string | null, StatusItem[]>();
  for (const item of items) {
    const members = groups.get(item.group);
    if (members === undefined) groups.set(item.group, [item]);
    else members.push(item);
  }
  return [...groups];
}

function groupSection(
  group: string | null,
  items: readonly StatusItem[],
  isComing: boolean,
  words: Words,
): string {
  const [head, level] = group === null ? ['', 2] : [`<h2>${escaped(group)}</h2>\n`, 3];
  const entries = items.map((item) => `<li>${itemText(item, level, isComing, words)}</li>`).join('\n');
  return `<section>\n${head}<ul class="items">\n${entries}\n</ul>\n</section>`;
}

function itemText(item: StatusItem, level: number, isComing: boolean, { texts, formats }: Words): string {
  const { title, state, availability, days } = item;
  const isMissing = days.length === 0;
  const share = availability === null ? texts.daysComing : shareText(availability, { texts, formats });
  const bars = isMissing
    ? '<i class="unknown"></i>'
    : days
        .map((day) => `<i class="${barOf(day)}" title="${escaped(dayText(day, { texts, formats }))}"></i>`)
        .join('');
  const history =
    isMissing && !isComing
      ? ''
      : `<div class="days" role="img" aria-label="${escaped(texts.barLabel(title, share))}">${bars}</div>` +
        `<p class="scale"><span>${escaped(texts.lastDays)}</span><span class="share">${escaped(share)}</span>` +
        `<span>${escaped(texts.today)}</span></p>`;
  return `<div class="line"><h${level}>${escaped(title)}</h${level}>${stateText(state, texts)}</div>${history}`;
}

/** A figure, and of how much of the time it is where that isn't all of it. */
function shareText(share: Availability, { texts, formats }: Words): string {
  const extent = knownExtent(share);
  if (share.percent === null || extent === 'nothing') return texts.notKnown;
  return texts.availability[extent](formats.percent(share.percent), texts.duration(knownSeconds(share)));
}

function stateText(state: StatusState, texts: StatusTexts): string {
  return `<p class="state ${state}">${escaped(texts.states[state])}</p>`;
}

/** A day of which little is known isn't green for that; what was down in it is shown. */
function barOf(day: StatusDay): string {
  const { percent, unknownSeconds } = day;
  if (percent === null) return unknownSeconds > 0 ? 'unknown' : 'unscheduled';
  if (percent === 100) return knownExtent(day) === 'little' ? 'unknown' : 'up';
  return percent < BAD_PERCENT ? 'down' : 'disrupted';
}

function dayText(day: StatusDay, words: Words): string {
  const isUnscheduled = day.percent === null && day.unknownSeconds === 0;
  const share = isUnscheduled ? words.texts.dayUnscheduled : shareText(day, words);
  return `${words.formats.date(day.date)}: ${share}`;
}

function incidentList(
  { incidents, historyAt, isHistoryComing }: PublicStatus,
  { texts, formats }: Words,
): string {
  if (historyAt === null) {
    return `<p>${escaped(isHistoryComing ? texts.historyComing : texts.noHistory)}</p>`;
  }
  if (incidents.length === 0) return `<p>${escaped(texts.noIncidents)}</p>`;
  const timeText = (time: string): string => `<time datetime="${time}">${escaped(formats.time(time))}</time>`;
  const entries = incidents.map(
    ({ title, from, to, lengthSeconds, unknownSeconds }) =>
      `<li><strong>${escaped(title)}</strong> <span>${timeText(from)} – ` +
      `${to === null ? escaped(texts.still) : timeText(to)}</span> ` +
      `<span>${escaped(texts.length(texts.duration(lengthSeconds), unknownSeconds === 0 ? null : texts.duration(unknownSeconds)))}</span></li>`,
  );
  const cut = incidents.length < MAX_INCIDENTS ? '' : `\n<p>${escaped(texts.incidentsCut)}</p>`;
  return `<ul class="incidents">\n${entries.join('\n')}\n</ul>${cut}`;
}
