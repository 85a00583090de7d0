import { worstFirst } from '@mediamtx-monitor/model';
import type { Alert, AlertSubject, Severity } from '@mediamtx-monitor/types';
import type { TargetMessage } from '../model.ts';
import { AlertText, type Style } from './alert-text.ts';
import { linkOfMany } from './links.ts';

/** How a message is meant: what fires, by its severity; only good news; anything else. */
export type Tone = Severity | 'resolved' | 'info';

/** A message in words. Names in it are escaped for its target, all else has nothing to escape. */
export interface WrittenMessage {
  /** One line. */
  readonly title: string;
  /** The most important first; empty ones part what belongs together. */
  readonly lines: readonly string[];
  /** Where the dashboard shows it; `null` where nobody knows the dashboard's address. */
  readonly link: string | null;
  readonly tone: Tone;
}

const MAX_NAMED = 10;

type NewsKind = 'fired' | 'repeated' | 'resolved';

interface Section {
  readonly news: NewsKind;
  /** The worst first. */
  readonly alerts: readonly Alert[];
  /** How many there are, some of which may not be listed. */
  readonly count: number;
}

/** Writes a message. It is the same each time: durations are those of when the message was made. */
export function writeMessage(message: TargetMessage, style: Style): WrittenMessage {
  const text = new AlertText(style, message.at);
  if (message.kind === 'test') {
    const { title, lines } = text.texts.test;
    return {
      title: title(text.foreign(message.target)),
      lines,
      link: linkOfMany([], style.dashboardUrl),
      tone: 'info',
    };
  }
  if (message.kind === 'gone') {
    const { title, lines } = text.texts.gone;
    const target = text.foreign(message.goneTarget ?? '');
    return { title: title(target), lines, link: linkOfMany([], style.dashboardUrl), tone: 'info' };
  }
  return writeNews(sectionsOf(message), text, style);
}

/** Writes what is to be known of one alert. */
export function writeAlert(
  alert: Alert,
  at: string,
  style: Style,
): WrittenMessage & { readonly cause: string } {
  const text = new AlertText(style, at);
  const section: Section = {
    news: alert.state === 'resolved' ? 'resolved' : 'fired',
    alerts: [alert],
    count: 1,
  };
  return { ...writeNews([section], text, style), cause: text.cause(alert) };
}

function sectionsOf(message: TargetMessage): readonly Section[] {
  const { fired, firedCount, repeated, repeatedCount, resolved, resolvedCount } = message;
  const sections: readonly Section[] = [
    { news: 'fired', alerts: fired, count: firedCount },
    { news: 'repeated', alerts: repeated, count: repeatedCount },
    { news: 'resolved', alerts: resolved, count: resolvedCount },
  ];
  return sections
    .filter(({ alerts }) => alerts.length > 0)
    .map((section) => ({ ...section, alerts: worstFirst(section.alerts) }));
}

function writeNews(sections: readonly Section[], text: AlertText, style: Style): WrittenMessage {
  const [first, ...others] = sections;
  const { texts } = text;
  const alerts = sections.flatMap((section) => section.alerts);
  const link = linkOfMany(alerts, style.dashboardUrl);
  if (first === undefined) return { title: texts.nothing, lines: [], link, tone: 'info' };

  const besides = others.flatMap(({ news, count }) =>
    news === 'fired' ? [] : [texts.besides[news](text.count(count))],
  );
  const simulated = alerts.some(({ simulated }) => simulated === true) ? ` (${texts.simulated})` : '';
  const title = [texts.titles[first.news](headline(first, text)), ...besides].join('; ') + simulated;
  const lines = sections.flatMap((section, index) => [
    ...(index === 0 ? [] : ['']),
    ...(sections.length === 1 ? [] : [texts.sections[section.news]]),
    ...linesOf(section, text, sections.length === 1),
  ]);
  return { title, lines, link, tone: toneOf(first, sections) };
}

function toneOf(first: Section, sections: readonly Section[]): Tone {
  if (first.news === 'resolved') return 'resolved';
  const firing = sections.filter(({ news }) => news !== 'resolved').flatMap(({ alerts }) => alerts);
  return firing.some(({ severity }) => severity === 'critical') ? 'critical' : 'warning';
}

function headline(section: Section, text: AlertText): string {
  const [first, ...others] = section.alerts;
  const isOne = others.length === 0 && section.count === 1 && first !== undefined;
  const who = isOne ? text.name(first.subject) : subjectsText(section, text);
  // A title that ends with what was wrong reads as if it still were.
  if (section.news === 'resolved') return who;
  return `${who}: ${sharedWhat(section.alerts, text) ?? text.texts.inTrouble}`;
}

/** What is wrong with all of them; `undefined` where that differs. */
function sharedWhat(alerts: readonly Alert[], text: AlertText): string | undefined {
  const [what, ...others] = new Set(alerts.map((alert) => text.what(alert)));
  return others.length === 0 ? what : undefined;
}

function subjectsText({ alerts, count }: Section, text: AlertText): string {
  const { subject: texts } = text.texts;
  // What isn't listed may be of any kind.
  if (count > alerts.length) return texts.alerts(text.count(count));
  const of = (kind: AlertSubject['kind']): number =>
    alerts.filter(({ subject }) => subject.kind === kind).length;
  const [server, ...servers] = serversOf(alerts);
  const streams = of('stream');
  if (streams === count && server !== undefined && servers.length === 0) {
    return texts.streamsOf(text.count(count), text.foreign(server));
  }
  const parts = [
    [of('server'), texts.servers],
    [of('host'), texts.hosts],
    [streams, texts.streams],
  ] as const;
  return parts.flatMap(([many, write]) => (many === 0 ? [] : [write(many, text.count(many))])).join(', ');
}

function serversOf(alerts: readonly Alert[]): readonly string[] {
  return [...new Set(alerts.flatMap(({ subject }) => (subject.kind === 'host' ? [] : [subject.server])))];
}

/** @param isAlone nothing else stands in the text */
function linesOf(section: Section, text: AlertText, isAlone: boolean): readonly string[] {
  const { alerts, news, count } = section;
  const [first] = alerts;
  if (count === 1 && first !== undefined && (isAlone || news === 'fired')) {
    return news === 'resolved' ? text.resolvedLines(first) : text.lines(first);
  }
  const named = alerts.slice(0, MAX_NAMED);
  const withServer = serversOf(alerts).length > 1;
  const more = count - named.length;
  const todo = news === 'resolved' || first === undefined ? undefined : sharedTodo(alerts, text);
  return [
    ...named.map((alert) => `- ${itemOf(alert, news, text, withServer)}`),
    ...(more > 0 ? [text.texts.items.more(text.count(more))] : []),
    ...(todo === undefined ? [] : [text.texts.labels.todo(todo)]),
  ];
}

function sharedTodo(alerts: readonly Alert[], text: AlertText): string | undefined {
  const [todo, ...others] = new Set(alerts.map((alert) => text.todo(alert)));
  return others.length === 0 ? todo : undefined;
}

function itemOf(alert: Alert, news: NewsKind, text: AlertText, withServer: boolean): string {
  const { items } = text.texts;
  const { subject } = alert;
  const name =
    withServer && subject.kind === 'stream'
      ? items.streamAt(text.name(subject), text.foreign(subject.server))
      : text.name(subject);
  return news === 'resolved'
    ? items.resolved(name, text.what(alert), text.lasted(alert))
    : items.ill(name, text.what(alert), text.lastedSoFar(alert));
}
