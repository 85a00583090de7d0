import { emptyMessage, type TargetMessageHead } from '../empty-message.ts';
import { isoTime } from '../iso-time.ts';
import type { AlertMoment, AlertsView, Queued, StoredAlert, TargetMessage } from '../model.ts';
import { worstAlerts } from './worst.ts';

/** So many alerts of each kind stand in a message; how many there are is always said. */
export const MAX_MESSAGE_ALERTS = 500;

/** So many characters the names of streams of each kind have together, but for the worst one. */
const MAX_NAMES_LENGTH = 262_144;

/** The alerts of a message. */
export interface MessageAlerts {
  readonly fired: readonly StoredAlert[];
  readonly repeated: readonly StoredAlert[];
  readonly resolved: readonly StoredAlert[];
}

export function alertsMessage(
  head: TargetMessageHead,
  alerts: MessageAlerts,
  view: AlertsView,
): TargetMessage {
  const shown = (some: readonly StoredAlert[]) =>
    withinNames(worstAlerts(some, MAX_MESSAGE_ALERTS)).map((alert) => view.shown(alert));
  return {
    ...emptyMessage(head, 'alerts', null),
    fired: shown(alerts.fired),
    firedCount: alerts.fired.length,
    repeated: shown(alerts.repeated),
    repeatedCount: alerts.repeated.length,
    resolved: shown(alerts.resolved),
    resolvedCount: alerts.resolved.length,
  };
}

/** Those whose names there is room for: a message waits for each target, and goes out whole. */
function withinNames(alerts: readonly StoredAlert[]): readonly StoredAlert[] {
  let length = 0;
  return alerts.filter(({ subject }, index) => {
    const added = subject.kind === 'stream' ? subject.stream.length : 0;
    if (index > 0 && length + added > MAX_NAMES_LENGTH) return false;
    length += added;
    return true;
  });
}

/** That it arrives. */
export function testMessage(head: TargetMessageHead): TargetMessage {
  return emptyMessage(head, 'test', null);
}

/** That another target is gone. */
export function goneMessage(head: TargetMessageHead, goneTarget: string): TargetMessage {
  return emptyMessage(head, 'gone', goneTarget);
}

/** As it gets into a queue. */
export function queued(message: TargetMessage, { atMs }: AlertMoment, { isReplay = false } = {}): Queued {
  return { message, isReplay, queuedAtMs: atMs, tries: 0, nextTryAtMs: atMs };
}

export function messageHead(id: string, target: string, { wallMs }: AlertMoment): TargetMessageHead {
  return { id, target, at: isoTime(wallMs) };
}
