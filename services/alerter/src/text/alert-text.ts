import {
  type Alert,
  ALERT_CAUSES,
  type AlertSubject,
  type Reason,
  REASON_CODES,
} from '@mediamtx-monitor/types';
import { mainFirst, mainReason } from '../main-reason.ts';
import type { TextLanguage } from '../model.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { type Formats, formatsOf } from './formats.ts';
import { measuresOf } from './measures.ts';
import { shownDetail, shownName } from './names.ts';
import type { ReasonTexts, AlertTexts } from './texts.ts';
import { betweenMs, durationText, timeText } from './times.ts';

/** How something is written for a target. */
export interface Style {
  readonly language: TextLanguage;
  /** In which times are written (IANA). */
  readonly timeZone: string;
  /** Where the dashboard is; `null` = nobody knows it. */
  readonly dashboardUrl: string | null;
  /** Takes from what others chose what would mean something to the target: names, and what others say. */
  readonly escape: (text: string) => string;
}

const TEXTS: Readonly<Record<TextLanguage, AlertTexts>> = { en, de };
/** From so many returns on it comes and goes. */
const MIN_RETURNS = 2;

/** Writes of single alerts, at the time at which their message was made. */
export class AlertText {
  readonly texts: AlertTexts;
  readonly #style: Style;
  readonly #now: string;
  readonly #formats: Formats;

  /** @param now when the message was made (RFC 3339) */
  constructor(style: Style, now: string) {
    this.texts = textsOf(style.language);
    this.#style = style;
    this.#now = now;
    this.#formats = formatsOf(this.texts.locale, style.timeZone);
  }

  /** What something is called in a list. */
  name(subject: AlertSubject): string {
    switch (subject.kind) {
      case 'stream':
        return this.foreign(subject.stream);
      case 'server':
        return this.texts.subject.server(this.foreign(subject.server));
      case 'host':
        return this.texts.subject.host(this.foreign(subject.host));
    }
  }

  /** A name that others chose, as it may stand in a text for the target. */
  foreign(name: string): string {
    return this.#style.escape(shownName(name));
  }

  count(count: number): string {
    return this.#formats.whole.format(count);
  }

  /** What is wrong, or was, in a few words. */
  what(alert: Alert): string {
    const first = mainReason(alert);
    return first === undefined ? this.texts.inTrouble : this.#reason(first);
  }

  cause(alert: Alert): string {
    return this.#why(alert).cause;
  }

  todo(alert: Alert): string {
    return this.#why(alert).todo;
  }

  /** All that is to be known of an alert that fires, the most important first. */
  lines(alert: Alert): readonly string[] {
    const { labels } = this.texts;
    const [first, ...others] = mainFirst(alert.reasons);
    const detail = first?.detail ?? '';
    return [
      this.cause(alert),
      ...this.#places(alert.subject),
      labels.since(this.#time(alert.since), this.lastedSoFar(alert)),
      ...this.#returns(alert),
      ...(others.length === 0 ? [] : [labels.also(others.map((reason) => this.#reason(reason)).join('; '))]),
      ...(detail === '' ? [] : [labels.detail(this.#style.escape(shownDetail(detail)))]),
      labels.todo(this.todo(alert)),
    ];
  }

  /** All that is to be known of an alert that is over. */
  resolvedLines(alert: Alert): readonly string[] {
    const { labels } = this.texts;
    return [
      labels.was(this.what(alert)),
      ...this.#places(alert.subject),
      labels.lasted(this.#time(alert.since), this.#time(this.#end(alert)), this.lasted(alert)),
      ...this.#returns(alert),
    ];
  }

  /** How long something has been wrong. */
  lastedSoFar({ since }: Alert): string {
    return durationText(betweenMs(since, this.#now));
  }

  /** How long something was wrong that is over. */
  lasted(alert: Alert): string {
    return durationText(betweenMs(alert.since, this.#end(alert)));
  }

  #end({ endedAt, resolvedAt }: Alert): string {
    return endedAt ?? resolvedAt ?? this.#now;
  }

  #places(subject: AlertSubject): readonly string[] {
    const { labels } = this.texts;
    switch (subject.kind) {
      case 'stream':
        return [
          `${labels.stream}: ${this.foreign(subject.stream)}`,
          `${labels.server}: ${this.foreign(subject.server)}`,
        ];
      case 'server':
        return [`${labels.server}: ${this.foreign(subject.server)}`];
      case 'host':
        return [`${labels.host}: ${this.foreign(subject.host)}`];
    }
  }

  #returns({ returns }: Alert): readonly string[] {
    return returns < MIN_RETURNS ? [] : [this.texts.labels.comesAndGoes(this.count(returns))];
  }

  #reason(reason: Reason): string {
    if (!isKnown(reason)) return this.#style.escape(shownName(reason.code));
    return this.texts.reasons[reason.code].what(measuresOf(reason, this.#formats));
  }

  #why(alert: Alert): Pick<ReasonTexts, 'cause' | 'todo'> {
    const { cause = null } = alert;
    const known = cause === null || !ALERT_CAUSES.includes(cause) ? undefined : this.texts.causes[cause];
    return known ?? this.#known(mainReason(alert));
  }

  #known(reason: Reason | undefined): Pick<ReasonTexts, 'cause' | 'todo'> {
    return reason !== undefined && isKnown(reason)
      ? this.texts.reasons[reason.code]
      : this.texts.unknownReason;
  }

  #time(iso: string): string {
    return timeText(iso, this.#now, this.#formats);
  }
}

/** All that is written in a language. */
export function textsOf(language: TextLanguage): AlertTexts {
  return TEXTS[language];
}

/** Whether there are texts for it: a newer collector may know more codes. */
function isKnown({ code }: Reason): boolean {
  return REASON_CODES.includes(code);
}
