import type { Severity } from '@mediamtx-monitor/types';
import type { TargetMessageHead } from '../empty-message.ts';
import { ChangedMap } from '../changed-map.ts';
import { isoTime } from '../iso-time.ts';
import type { AlerterState, AlertMoment, AlertsView, Notified, StoredAlert, StoredTarget } from '../model.ts';
import type { TargetAudience } from './audience.ts';
import { Desk, dueAtMs } from './desk.ts';
import { markOf, Marks } from './marks.ts';
import { alertsMessage, messageHead, queued } from './message.ts';
import { newsOf } from './news.ts';

/** What planning needs beside the state. */
export interface PlanContext {
  readonly audience: TargetAudience;
  readonly view: AlertsView;
  readonly moment: AlertMoment;
  /** An id that no other message has. */
  readonly newId: () => string;
}

/**
 * Notes what targets are to be told, and puts a message into the queue of each for which it is time: everything that is
 * news to it, together. What doesn't change stays the same object.
 */
export function planMessages(state: AlerterState, context: PlanContext): AlerterState {
  const desks = openDesks(state, context);
  const marks = new Marks(state.alerts);
  noteNews(state.alerts, context.audience, desks, marks);
  const letters = desks.map((desk) => (desk?.isReady() === true ? openLetter(desk, context) : null));
  for (const [place, desk] of desks.entries()) {
    if (desk !== null && letters[place] === null) noteDue(desk, marks);
  }
  if (letters.some((letter) => letter !== null)) fillLetters(letters, state.alerts, context.audience, marks);
  const targets = new ChangedMap(state.targets);
  for (const letter of letters) if (letter !== null) targets.set(letter.head.target, sent(letter, context));
  const { alerts } = marks;
  if (alerts === state.alerts && targets.now === state.targets) return state;
  return { ...state, alerts, targets: targets.now };
}

/** In the order of the file; `null` = nothing can be told to it. */
type Desks = readonly (Desk | null)[];

function openDesks({ targets }: AlerterState, { audience, view, moment }: PlanContext): Desks {
  return audience.targets.map((target, place) => {
    const stored = targets.get(target.name);
    if (stored === undefined || stored.isDisabled) return null;
    return new Desk(target, stored, { moment, view, isOpen: audience.isOpen(place, moment.wallMs) });
  });
}

/** Goes through all alerts. Whom nothing can be told loses his marks. */
function noteNews(
  alerts: AlerterState['alerts'],
  audience: TargetAudience,
  desks: Desks,
  marks: Marks,
): void {
  for (const [key, alert] of alerts) {
    for (const concern of audience.concernsOf(alert)) {
      const { name } = concern.target;
      const desk = desks[concern.place] ?? null;
      const told = markOf(alert, name);
      const news = desk === null ? told && 'dropped' : newsOf(alert, told, concern, desk.context);
      if (news === 'dropped') marks.delete(key, name);
      else if (news != null) desk?.note(news, told, { key, alert });
    }
  }
}

/** What is due is told, even if it ends before. */
function noteDue({ target, begun, context }: Desk, marks: Marks): void {
  const at = isoTime(context.moment.wallMs);
  for (const { key, alert } of begun) {
    const { severity } = alert;
    marks.set(key, target.name, { state: 'due', severity, atMs: dueAtMs(target, alert), at });
  }
}

/** What a target is told in a message. */
interface Letter {
  readonly desk: Desk;
  readonly head: TargetMessageHead;
  readonly fired: StoredAlert[];
  readonly repeated: StoredAlert[];
  readonly resolved: StoredAlert[];
  /** What stands in its alerts from then on, by the severity that was told. */
  readonly marks: Readonly<Record<'firing' | 'resolved', Readonly<Record<Severity, Notified>>>>;
}

function openLetter(desk: Desk, { moment, newId }: PlanContext): Letter {
  const head = messageHead(newId(), desk.target.name, moment);
  const marksOf = (state: 'firing' | 'resolved') => ({
    warning: { state, severity: 'warning', atMs: moment.atMs, at: head.at } as const,
    critical: { state, severity: 'critical', atMs: moment.atMs, at: head.at } as const,
  });
  const marks = { firing: marksOf('firing'), resolved: marksOf('resolved') };
  return { desk, head, marks, fired: [], repeated: [], resolved: [] };
}

/** Goes through all alerts once more: seldom, as it is done where something goes out. */
function fillLetters(
  letters: readonly (Letter | null)[],
  alerts: AlerterState['alerts'],
  audience: TargetAudience,
  marks: Marks,
): void {
  for (const [key, alert] of alerts) {
    for (const concern of audience.concernsOf(alert)) {
      const letter = letters[concern.place] ?? null;
      if (letter === null) continue;
      const { name } = concern.target;
      const told = markOf(alert, name);
      const news = newsOf(alert, told, concern, letter.desk.context);
      if (news === null || news === 'dropped') continue;
      const part = PARTS[news];
      letter[part].push(alert);
      const severity = told?.state === 'firing' && told.severity === 'critical' ? 'critical' : alert.severity;
      marks.set(key, name, letter.marks[part === 'resolved' ? 'resolved' : 'firing'][severity]);
    }
  }
}

const PARTS = {
  fired: 'fired',
  worsened: 'fired',
  repeated: 'repeated',
  resolved: 'resolved',
  ended: 'resolved',
} as const;

/** The target with a message of all that is news to it. */
function sent(letter: Letter, { moment, view }: PlanContext): StoredTarget {
  const { stored } = letter.desk;
  const queue = [...stored.queue, queued(alertsMessage(letter.head, letter, view), moment)];
  return { ...stored, queue, sentAtMs: moment.atMs };
}
