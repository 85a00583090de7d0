import type { KnownExtent } from '@mediamtx-monitor/model';
import type { StatusState } from '../http/status-page.ts';
import type { StatusLanguage } from './status-file.ts';

/** What status pages say, in one language. */
export interface StatusTexts {
  /** Of one item. */
  readonly states: Readonly<Record<StatusState, string>>;
  /** Of a page. @param bad how many of its items are down or disrupted */
  readonly verdict: (state: StatusState, bad: number, all: number) => string;
  readonly updated: (time: string) => string;
  readonly neverUpdated: string;
  readonly stale: (time: string | null) => string;
  readonly staleInPart: string;
  readonly lastDays: string;
  readonly today: string;
  readonly notKnown: string;
  /** A figure, by how much of the time it is of. @param known for how long it is known */
  readonly availability: Readonly<
    Record<Exclude<KnownExtent, 'nothing'>, (percent: string, known: string) => string>
  >;
  /** What a bar tells to those who can't see it. */
  readonly barLabel: (title: string, availability: string) => string;
  readonly dayUnscheduled: string;
  /** What the bars are. */
  readonly bars: string;
  /** Of an item. */
  readonly daysComing: string;
  readonly noHistory: string;
  readonly historyComing: string;
  readonly incidents: string;
  readonly noIncidents: string;
  readonly incidentsCut: string;
  readonly still: string;
  /** @param unknown how much of it isn't known; `null` = all is */
  readonly length: (text: string, unknown: string | null) => string;
  readonly duration: (seconds: number) => string;
  readonly zone: (timeZone: string) => string;
  readonly asJson: string;
}

const S_PER_MINUTE = 60;
const S_PER_HOUR = 3_600;
const S_PER_DAY = 86_400;

/** The two greatest units of a length. */
function inUnits(seconds: number, days: (count: number) => string): string {
  const parts = [
    [Math.floor(seconds / S_PER_DAY), days],
    [Math.floor(seconds / S_PER_HOUR) % 24, (count: number) => `${count} h`],
    [Math.floor(seconds / S_PER_MINUTE) % 60, (count: number) => `${count} min`],
    [Math.round(seconds) % 60, (count: number) => `${count} s`],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  if (first === -1) return '0 s';
  return parts
    .slice(first, first + 2)
    .flatMap(([count, text]) => (count > 0 ? [text(count)] : []))
    .join(' ');
}

const EN: StatusTexts = {
  states: {
    up: 'Up',
    disrupted: 'Disrupted',
    down: 'Down',
    maintenance: 'Planned maintenance',
    unscheduled: 'Not scheduled now',
    unknown: 'Unknown',
  },
  verdict: (state, bad, all) =>
    ({
      up: 'Everything is up',
      disrupted: `${bad} of ${all} ${bad === 1 ? 'has' : 'have'} trouble`,
      down: all === 1 ? 'It is down' : 'Everything is down',
      maintenance: 'Planned maintenance is under way',
      unscheduled: 'Nothing is scheduled now',
      unknown: 'Not everything is known at the moment',
    })[state],
  updated: (time) => `As of ${time}`,
  neverUpdated: 'There is no data yet',
  stale: (time) =>
    time === null
      ? 'The monitor has no data. This says nothing about what it watches.'
      : `The monitor has had no fresh data since ${time}. This says nothing about what it watches.`,
  staleInPart: 'The monitor has no fresh data about what is shown as unknown.',
  lastDays: '30 days ago',
  today: 'today',
  notKnown: 'availability not known',
  availability: {
    all: (percent) => `${percent} available`,
    most: (percent, known) => `${percent} available, ${known} known`,
    little: (percent, known) => `only ${known} known: ${percent} available`,
  },
  barLabel: (title, availability) => `${title}, the last 30 days: ${availability}`,
  dayUnscheduled: 'nothing was scheduled',
  bars: 'Each bar is a day; low and grey: little or nothing is known of it.',
  daysComing: 'being read',
  noHistory: 'The past can’t be shown at the moment.',
  historyComing: 'The past is being read. That may take some minutes.',
  incidents: 'Incidents of the last 30 days',
  noIncidents: 'None known.',
  incidentsCut: 'These are the newest 50.',
  still: 'ongoing',
  length: (text, unknown) => (unknown === null ? `for ${text}` : `for ${text}, ${unknown} of it not known`),
  duration: (seconds) => inUnits(seconds, (count) => (count === 1 ? '1 day' : `${count} days`)),
  zone: (timeZone) => `All times: ${timeZone}`,
  asJson: 'The same as JSON',
};

const DE: StatusTexts = {
  states: {
    up: 'Läuft',
    disrupted: 'Gestört',
    down: 'Ausgefallen',
    maintenance: 'Geplante Wartung',
    unscheduled: 'Gerade nicht vorgesehen',
    unknown: 'Unbekannt',
  },
  verdict: (state, bad, all) =>
    ({
      up: 'Alles läuft',
      disrupted: `Störung bei ${bad} von ${all}`,
      down: all === 1 ? 'Ausgefallen' : 'Alles ist ausgefallen',
      maintenance: 'Geplante Wartung läuft',
      unscheduled: 'Gerade ist nichts vorgesehen',
      unknown: 'Im Moment ist nicht alles bekannt',
    })[state],
  updated: (time) => `Stand: ${time}`,
  neverUpdated: 'Es gibt noch keine Daten',
  stale: (time) =>
    time === null
      ? 'Der Monitor hat keine Daten. Das sagt nichts über das, was er beobachtet.'
      : `Der Monitor hat seit ${time} keine neuen Daten. Das sagt nichts über das, was er beobachtet.`,
  staleInPart: 'Zu allem, was als unbekannt angezeigt wird, hat der Monitor keine neuen Daten.',
  lastDays: 'vor 30 Tagen',
  today: 'heute',
  notKnown: 'Verfügbarkeit nicht bekannt',
  availability: {
    all: (percent) => `${percent} verfügbar`,
    most: (percent, known) => `${percent} verfügbar, ${known} bekannt`,
    little: (percent, known) => `nur ${known} bekannt: ${percent} verfügbar`,
  },
  barLabel: (title, availability) => `${title}, die letzten 30 Tage: ${availability}`,
  dayUnscheduled: 'nichts vorgesehen',
  bars: 'Jeder Balken ist ein Tag; niedrig und grau: wenig oder nichts bekannt.',
  daysComing: 'wird gelesen',
  noHistory: 'Die Vergangenheit lässt sich im Moment nicht anzeigen.',
  historyComing: 'Die Vergangenheit wird gerade gelesen. Das kann einige Minuten dauern.',
  incidents: 'Störungen der letzten 30 Tage',
  noIncidents: 'Keine bekannt.',
  incidentsCut: 'Das sind die letzten 50.',
  still: 'dauert an',
  length: (text, unknown) =>
    unknown === null ? `Dauer: ${text}` : `Dauer: ${text}, davon ${unknown} nicht bekannt`,
  duration: (seconds) => inUnits(seconds, (count) => (count === 1 ? '1 Tag' : `${count} Tage`)),
  zone: (timeZone) => `Alle Zeiten: ${timeZone}`,
  asJson: 'Dasselbe als JSON',
};

export const STATUS_TEXTS = { en: EN, de: DE } as const satisfies Record<StatusLanguage, StatusTexts>;

/** How numbers and times are written in a language, by the clocks of a time zone. */
export function statusFormats(language: StatusLanguage, timeZone: string) {
  const locale = { en: 'en-GB', de: 'de-DE' }[language];
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2, roundingMode: 'floor' });
  const day = { day: 'numeric', month: 'short', timeZone } as const;
  const time = new Intl.DateTimeFormat(locale, {
    ...day,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const date = new Intl.DateTimeFormat(locale, { ...day, weekday: 'short', timeZone: 'UTC' });
  return {
    percent: (percent: number): string => `${number.format(percent)}\u00a0%`,
    time: (text: string): string => time.format(Date.parse(text)),
    /** Of a day as in `2026-11-29`. */
    date: (text: string): string => date.format(Date.parse(text)),
  };
}

const WEIGHT = /;\s*q=([\d.]+)/i;

/** The language that a reader likes best, by `Accept-Language`; English where it names none of ours. */
export function languageOf(acceptLanguage = ''): StatusLanguage {
  const liked = acceptLanguage
    .toLowerCase()
    .split(',')
    .map((range) => ({
      language: range.trim().slice(0, 2),
      weight: Number(WEIGHT.exec(range)?.[1] ?? 1),
    }))
    .filter(({ language, weight }) => (language === 'de' || language === 'en') && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return liked[0]?.language === 'de' ? 'de' : 'en';
}
