import type { AlertMoment, AlertsView, Notified, StoredAlert } from '../model.ts';
import { type Concern, criticalSinceMs, heldSinceMs } from './audience.ts';

/**
 * What a target is to be told of an alert: that it fires; `worsened`: that it is critical by now, where a warning was
 * told; that it fires on; that it is over; `ended`: both at once; `dropped`: nothing any more.
 */
export type AlertNews = 'fired' | 'worsened' | 'repeated' | 'resolved' | 'ended' | 'dropped';

/** By which it is judged what is news. */
export interface NewsContext {
  readonly moment: AlertMoment;
  readonly view: AlertsView;
  /** Whether the target is told anything now, by its hours. */
  readonly isOpen: boolean;
}

/** The difference between an alert and what a target was told of it; `null` where there is none. */
export function newsOf(
  alert: StoredAlert,
  told: Notified | undefined,
  concern: Concern,
  context: NewsContext,
): AlertNews | null {
  switch (told?.state) {
    case undefined:
    case 'resolved':
      return isDue(alert, concern, context) ? 'fired' : null;
    case 'due':
      return untold(alert, context.view);
    case 'firing':
      if (alert.state === 'resolved') return 'resolved';
      if (told.severity === 'warning' && isWorse(alert, concern, context)) return 'worsened';
      return isRepeated(alert, told.atMs, concern, context) ? 'repeated' : null;
  }
}

function isDue(alert: StoredAlert, { target, isSelecting }: Concern, context: NewsContext): boolean {
  if (alert.state !== 'firing' || !isSelecting || !context.isOpen) return false;
  const dueAtMs = heldSinceMs(target, alert);
  return dueAtMs !== null && dueAtMs <= context.moment.atMs && !isQuiet(alert, context.view);
}

/** Whether it has been critical for as long as the target wants. */
function isWorse(alert: StoredAlert, { target, isSelecting }: Concern, context: NewsContext): boolean {
  if (alert.state !== 'firing' || !isSelecting || !context.isOpen) return false;
  const dueAtMs = criticalSinceMs(target, alert);
  return dueAtMs !== null && dueAtMs <= context.moment.atMs && !isQuiet(alert, context.view);
}

function untold(alert: StoredAlert, view: AlertsView): AlertNews | null {
  if (isQuiet(alert, view)) return 'dropped';
  const state = alert.state === 'unknown' ? alert.before : alert.state;
  // It was resolved, and may be back: either is told when it is known.
  if (state === 'pending') return null;
  return state === 'resolved' ? 'ended' : 'fired';
}

function isRepeated(
  alert: StoredAlert,
  toldAtMs: number,
  { target, isSelecting }: Concern,
  { moment, view, isOpen }: NewsContext,
): boolean {
  if (alert.state !== 'firing' || moment.atMs - toldAtMs < target.repeatMs) return false;
  // An Alertmanager gets all that fires with each message.
  if (!isSelecting || !isOpen || target.kind === 'alertmanager') return false;
  return heldSinceMs(target, alert) !== null && alert.acknowledged === null && !isQuiet(alert, view);
}

/** Whether nobody is told of an alert at the moment. What is over isn't muted. */
function isQuiet(alert: StoredAlert, { mutedBy, silencedBy }: AlertsView): boolean {
  return mutedBy(alert) !== null || silencedBy(alert) !== null;
}
