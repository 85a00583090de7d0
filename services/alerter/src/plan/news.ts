import type { AlertMoment, AlertsView, Notified, StoredAlert } from '../model.ts';
import { type Concern, heldSinceMs } from './audience.ts';

/**
 * What a target is to be told of an alert: that it fires, that it fires on, that it is over; `ended`: both at once, as it
 * wasn't told in time; `dropped`: nothing any more.
 */
export type News =
  | { readonly kind: 'fired' | 'ended'; readonly dueAtMs: number }
  | { readonly kind: 'repeated' | 'resolved' | 'dropped' };

const REPEATED: News = { kind: 'repeated' };
const RESOLVED: News = { kind: 'resolved' };
const DROPPED: News = { kind: 'dropped' };

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
): News | null {
  switch (told?.state) {
    case undefined:
      return beginning(alert, concern, context);
    case 'resolved':
      return alert.state === 'resolved' ? null : beginning(alert, concern, context);
    case 'due':
      return untold(alert, told.atMs, context.view);
    case 'firing':
      return alert.state === 'resolved' ? RESOLVED : repeat(alert, told.atMs, concern, context);
  }
}

function beginning(alert: StoredAlert, { target, isSelecting }: Concern, context: NewsContext): News | null {
  if (alert.state !== 'firing' || !isSelecting || !context.isOpen) return null;
  const dueAtMs = heldSinceMs(target, alert);
  if (dueAtMs === null || dueAtMs > context.moment.atMs || isQuiet(alert, context.view)) return null;
  return { kind: 'fired', dueAtMs };
}

function untold(alert: StoredAlert, dueAtMs: number, view: AlertsView): News | null {
  // What explains an alert that is over doesn't matter: it isn't muted.
  if (isQuiet(alert, view)) return DROPPED;
  const state = alert.state === 'unknown' ? alert.before : alert.state;
  // It was resolved, and may be back: either is told when it is known.
  if (state === 'pending') return null;
  return { kind: state === 'resolved' ? 'ended' : 'fired', dueAtMs };
}

function repeat(
  alert: StoredAlert,
  toldAtMs: number,
  { target, isSelecting }: Concern,
  { moment, view, isOpen }: NewsContext,
): News | null {
  if (alert.state !== 'firing' || moment.atMs - toldAtMs < target.repeatMs) return null;
  if (!isSelecting || !isOpen || heldSinceMs(target, alert) === null || isQuiet(alert, view)) return null;
  const isTaken = alert.acknowledged !== null && target.kind !== 'alertmanager';
  return isTaken ? null : REPEATED;
}

/** Whether nobody is told of an alert at the moment. */
function isQuiet(alert: StoredAlert, { mutedBy, silencedBy }: AlertsView): boolean {
  return mutedBy(alert) !== null || silencedBy(alert) !== null;
}
