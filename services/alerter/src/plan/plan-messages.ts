import { ChangedMap } from '../changed-map.ts';
import { isoTime } from '../iso-time.ts';
import type { AlerterState, AlertMoment, AlertsView, StoredTarget } from '../model.ts';
import type { Audience } from './audience.ts';
import { Desk, type Line } from './desk.ts';
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
  const marks = new Marks(state.alerts);
  const targets = new ChangedMap(state.targets);
  for (const desk of desksWithNews(state, context, marks)) {
    if (desk.isReady(context.moment)) targets.set(desk.target.name, sent(desk, context, marks));
    else noteDue(desk, context.moment, marks);
  }
  const { alerts } = marks;
  if (alerts === state.alerts && targets.now === state.targets) return state;
  return { ...state, alerts, targets: targets.now };
}

/** Goes through all alerts once. Whom nothing can be told loses his marks. */
function desksWithNews(
  { alerts, targets }: AlerterState,
  { audience, view, moment }: PlanContext,
  marks: Marks,
): readonly Desk[] {
  const desks = audience.targets.map((target, place) => {
    const stored = targets.get(target.name);
    if (stored === undefined || stored.isDisabled) return null;
    return new Desk(target, stored, audience.isOpen(place, moment.wallMs));
  });
  for (const [key, alert] of alerts) {
    for (const concern of audience.concernsOf(alert)) {
      const { name } = concern.target;
      const desk = desks[concern.place] ?? null;
      const mark = markOf(alert, name);
      if (desk === null) {
        if (mark !== undefined) marks.set(key, name, null);
        continue;
      }
      const news = newsOf(alert, mark, concern, { moment, view, isOpen: desk.isOpen });
      if (news?.kind === 'dropped') marks.set(key, name, null);
      else if (news !== null) desk.add(news, { key, alert });
    }
  }
  return desks.filter((desk) => desk !== null);
}

/** What is due is told, even if it ends before. */
function noteDue({ target, fired }: Desk, { wallMs }: AlertMoment, marks: Marks): void {
  for (const { key, alert, dueAtMs } of fired) {
    if (markOf(alert, target.name)?.state === 'due') continue;
    marks.set(key, target.name, { state: 'due', atMs: dueAtMs, at: isoTime(wallMs) });
  }
}

/** The target with a message of all that is news to it. */
function sent(desk: Desk, { moment, view, newId }: PlanContext, marks: Marks): StoredTarget {
  const { target, stored, fired, repeated } = desk;
  const resolved = [...desk.ended, ...desk.resolved];
  const head = messageHead(newId(), target.name, moment);
  const tell = (lines: readonly Line[], state: 'firing' | 'resolved') =>
    lines.map(({ key, alert }) => {
      marks.set(key, target.name, { state, atMs: moment.atMs, at: head.at });
      return alert;
    });
  const alerts = {
    fired: tell(fired, 'firing'),
    repeated: tell(repeated, 'firing'),
    resolved: tell(resolved, 'resolved'),
  };
  const queue = [...stored.queue, queued(alertsMessage(head, alerts, view), moment)];
  return { ...stored, queue, sentAtMs: moment.atMs };
}
