import type {
  Alert,
  AlertSilence,
  ServerLabels,
  AlertSubject,
  NotifiedTarget,
  ReasonCode,
  TargetStatus,
} from '@mediamtx-monitor/types';
import { isReasonCode } from '../data/view-query.ts';
import { literalName, type SilenceEnd } from '../model/silence-choice.ts';
import { givenComment } from '../model/silence-comment.ts';
import { displayName } from '../model/streams.ts';
import type { AllTexts } from './en/all.ts';
import type { Texts } from './en/index.ts';
import { type Format, isSameDay } from './format.ts';
import { plainReason, reasonText } from './reason-text.ts';

export type BellTexts = AllTexts['bell'];

/** What sentences about alerts need beside them. */
export interface BellContext {
  readonly bell: BellTexts;
  readonly texts: Texts;
  readonly format: Format;
  readonly hasManyServers: boolean;
  readonly targets: readonly TargetStatus[];
  readonly silences: readonly AlertSilence[];
  /** Unix time in ms. */
  readonly nowMs: number;
}

/** Local time of something. @param iso RFC 3339 */
export function timeText(iso: string, { format, nowMs }: Pick<BellContext, 'format' | 'nowMs'>): string {
  return format.shortTime(Date.parse(iso), nowMs);
}

/** Who or what it is about. */
export function subjectText(subject: AlertSubject, { bell, hasManyServers }: BellContext): string {
  switch (subject.kind) {
    case 'stream':
      return bell.subjects.stream(
        displayName({ server: subject.server, name: subject.stream }, hasManyServers),
      );
    case 'server':
      return bell.subjects.server(subject.server);
    case 'host':
      return bell.subjects.host(subject.host);
    default:
      // A kind that a newer alerter may send.
      return '';
  }
}

/** What is wrong, the worst first. */
export function reasonsText({ reasons }: Pick<Alert, 'reasons'>, { texts, format }: BellContext): string {
  return reasons.map((reason) => reasonText(reason, texts, format)).join(' · ');
}

/** A reason by its name, without numbers. */
export function codeText(code: string, texts: Texts): string {
  return isReasonCode(code) ? plainReason(code satisfies ReasonCode, texts) : code;
}

/** Since when and for how long; of what is over from when to when. */
export function spanText({ since, endedAt, resolvedAt }: Alert, context: BellContext): string {
  const { bell, format, nowMs } = context;
  const from = timeText(since, context);
  const end = resolvedAt === null ? null : (endedAt ?? resolvedAt);
  const lengthMs = Math.max(0, (end === null ? nowMs : Date.parse(end)) - Date.parse(since));
  if (end === null) return bell.since(from, format.duration(lengthMs));
  return bell.lasted(from, timeText(end, context), format.duration(lengthMs));
}

/** Who was told of it, and why nobody else is: a sentence each. */
export function toldTexts(alert: Alert, context: BellContext): readonly string[] {
  const { bell, targets, format } = context;
  const { notified, state } = alert;
  const told = notified.map((one) => notifiedText(one, context));
  const quiet = quietTexts(alert, context);
  if (quiet.length > 0 && told.length === 0) return quiet;
  const failed = quiet.length > 0 || state === 'pending' ? [] : failingTexts(alert, context);
  if (told.length > 0) return [`${bell.told.label}: ${format.list(told)}.`, ...quiet, ...failed];
  if (failed.length > 0) return failed;
  if (targets.length === 0) return [`${bell.told.label}: ${bell.told.noTarget}`];
  return state === 'firing' || state === 'resolved' ? [`${bell.told.label}: ${bell.told.nobody}`] : [];
}

/** To whom nothing can be delivered, of those that nothing is known to have been made for. */
function failingTexts({ notified }: Alert, { bell, targets }: BellContext): readonly string[] {
  return targets
    .filter(({ name, state }) => state !== 'ok' && !notified.some(({ target }) => target === name))
    .map(({ name, error }) => bell.told.failing(name, error));
}

function quietTexts({ mutedBy, silencedBy }: Alert, context: BellContext): readonly string[] {
  const { bell, silences } = context;
  const muted = mutedBy === null ? [] : [bell.told.muted(subjectText(mutedBy, context))];
  if (silencedBy === null) return muted;
  const silence = silences.find(({ id }) => id === silencedBy);
  if (silence === undefined) return [...muted, bell.told.maintenance(silencedBy)];
  const { author, until, comment } = silence;
  return [...muted, bell.told.silenced(author, timeText(until, context), givenComment(comment))];
}

function notifiedText({ target, state, at }: NotifiedTarget, context: BellContext): string {
  const { bell, targets } = context;
  const time = timeText(at, context);
  const text = state === 'resolved' ? bell.told.over(target, time) : bell.told.to(target, time);
  const status = targets.find(({ name }) => name === target);
  return status !== undefined && isWaiting(status, at) ? bell.told.onItsWay(text, status.error) : text;
}

/** Whether what was made then for a target may still wait. */
function isWaiting({ queueAgeMs, deliveredAt }: TargetStatus, madeAt: string): boolean {
  return queueAgeMs !== null && (deliveredAt === null || Date.parse(deliveredAt) < Date.parse(madeAt));
}

/** What a silence selects. */
export function selectionText(
  {
    server,
    labels = null,
    host = null,
    stream,
    reason,
  }: Pick<AlertSilence, 'server' | 'labels' | 'host' | 'stream' | 'reason'>,
  { bell, texts, format }: BellContext,
): string {
  const text = bell.silences;
  return format.list([
    ...(host === null ? [] : [text.ofHost(host)]),
    ...(stream === null ? [] : [streamsText(stream, server, text)]),
    ...(stream === null && server !== null ? [text.ofServer(server)] : []),
    ...(labels === null ? [] : [text.ofLabels(labelTexts(labels))]),
    ...(reason === null ? [] : [text.ofReason(codeText(reason, texts))]),
  ]);
}

function labelTexts(labels: ServerLabels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
}

/** Of both given, a silence selects only what is on that server and has such a name. */
function streamsText(glob: string, server: string | null, text: BellTexts['silences']): string {
  const name = literalName(glob);
  const streams = name === null ? text.ofStreams(glob) : text.ofStream(name);
  return server === null ? streams : text.on(streams, server);
}

/** When a silence would end that is offered: within the hour from now, or at a time of today or tomorrow. */
export function silenceEndText(
  end: SilenceEnd,
  untilMs: number,
  { bell, format, nowMs }: Pick<BellContext, 'bell' | 'format' | 'nowMs'>,
): string {
  const { hour, today, tomorrow } = bell.silence;
  if (end === 'hour') return hour;
  return (isSameDay(untilMs, nowMs) ? today : tomorrow)(format.minute(untilMs));
}

/** How a target does, with a sentence more where something waits. */
export function targetText(
  { state, error, deliveredAt, queueAgeMs }: TargetStatus,
  context: BellContext,
): string {
  const { targets: text } = context.bell;
  if (state === 'disabled') return text.disabled;
  return [
    state === 'failing' ? text.failing(error ?? '') : deliveredAt === null ? text.never : text.ok,
    ...(deliveredAt === null ? [] : [text.delivered(timeText(deliveredAt, context))]),
    ...(queueAgeMs === null ? [] : [text.waits(context.format.duration(queueAgeMs))]),
  ].join(' · ');
}

/** Why a change wasn't made. @param error with its `code`, where the API has said one */
export function changeErrorText(
  { message, code }: Pick<Error, 'message'> & { readonly code?: string },
  { change }: BellTexts,
): string {
  const known: Readonly<Record<string, string>> = change.failed;
  return code !== undefined && Object.hasOwn(known, code) ? (known[code] ?? '') : change.refused(message);
}

/** What whoever runs alerters has to mend; of one that isn't known, of a newer alerter, its code. */
export function warningText(code: string, { warnings, otherWarning }: BellTexts): string {
  const known: Readonly<Record<string, string>> = warnings;
  return Object.hasOwn(known, code) ? (known[code] ?? code) : otherWarning(code);
}
