import { ChangedMap } from '../changed-map.ts';
import { isoTime } from '../iso-time.ts';
import type { AlerterState, AlertMoment, AlertsView, StoredTarget } from '../model.ts';
import type { Audience } from './audience.ts';
import { Desk, dueAtMs, type KeyedAlert } from './desk.ts';
import { markOf, Marks } from './marks.ts';
import { alertsMessage, messageHead, queued } from './message.ts';
import { newsOf } from './news.ts';

/** What planning needs beside the state. */
export interface PlanContext {
  readonly audience: Audience;
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
  const targets = new ChangedMap(state.targets);
  const ready = desks.map((desk) => (desk?.isReady() === true ? desk : null));
  const letters = lettersOf(state.alerts, context.audience, ready);
  for (const [place, desk] of desks.entries()) {
    const letter = letters[place] ?? null;
    if (letter !== null) targets.set(letter.desk.target.name, sent(letter, context, marks));
    else if (desk !== null) noteDue(desk, marks);
  }
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
function noteNews(alerts: AlerterState['alerts'], audience: Audience, desks: Desks, marks: Marks): void {
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

/** What a target is told in a message. */
interface Letter {
  readonly desk: Desk;
  readonly fired: KeyedAlert[];
  readonly repeated: KeyedAlert[];
  readonly resolved: KeyedAlert[];
}

/** Goes through all alerts once more, where something goes out: seldom. */
function lettersOf(
  alerts: AlerterState['alerts'],
  audience: Audience,
  ready: Desks,
): readonly (Letter | null)[] {
  const letters = ready.map((desk) => desk && { desk, fired: [], repeated: [], resolved: [] });
  if (letters.every((letter) => letter === null)) return letters;
  for (const [key, alert] of alerts) {
    for (const concern of audience.concernsOf(alert)) {
      const letter: Letter | null = letters[concern.place] ?? null;
      if (letter === null) continue;
      const { target, context } = letter.desk;
      const news = newsOf(alert, markOf(alert, target.name), concern, context);
      if (news !== null && news !== 'dropped') letter[PARTS[news]].push({ key, alert });
    }
  }
  return letters;
}

const PARTS = { fired: 'fired', repeated: 'repeated', resolved: 'resolved', ended: 'resolved' } as const;

/** What is due is told, even if it ends before. */
function noteDue({ target, begun, context }: Desk, marks: Marks): void {
  const at = isoTime(context.moment.wallMs);
  for (const { key, alert } of begun) {
    marks.set(key, target.name, { state: 'due', atMs: dueAtMs(target, alert), at });
  }
}

/** The target with a message of all that is news to it. */
function sent(letter: Letter, { moment, view, newId }: PlanContext, marks: Marks): StoredTarget {
  const { target, stored } = letter.desk;
  const head = messageHead(newId(), target.name, moment);
  const tell = (some: readonly KeyedAlert[], state: 'firing' | 'resolved') => {
    const mark = { state, atMs: moment.atMs, at: head.at };
    return some.map(({ key, alert }) => {
      marks.set(key, target.name, mark);
      return alert;
    });
  };
  const alerts = {
    fired: tell(letter.fired, 'firing'),
    repeated: tell(letter.repeated, 'firing'),
    resolved: tell(letter.resolved, 'resolved'),
  };
  const queue = [...stored.queue, queued(alertsMessage(head, alerts, view), moment)];
  return { ...stored, queue, sentAtMs: moment.atMs };
}
