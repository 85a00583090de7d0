import { worstFirst } from '@mediamtx-monitor/model';
import type { Alert } from '@mediamtx-monitor/types';
import type { PageAlert } from './alerts.ts';
import { subjectKeyOf } from './silenced.ts';

/** Ids of alerts that people were told of, or were there before they could be; `null` before any message came. */
export type ToldAlerts = ReadonlySet<string> | null;

/**
 * What the alerter says that someone should be told of now: what fires, isn't muted nor silenced, and wasn't so before.
 * What recovers or is unknown and fires again is told no second time. What fires when the first message comes is told by
 * nobody.
 * @param published all alerts there are
 */
export function newlyTold(
  before: ToldAlerts,
  published: readonly Alert[],
): { readonly alerts: readonly PageAlert[]; readonly told: ReadonlySet<string> } {
  const isKnown = ({ id }: Alert): boolean => before?.has(id) === true;
  const firing = published.filter(isToBeTold);
  const lasting = published.filter((alert) => isKnown(alert) && isLasting(alert));
  const alerts = before === null ? [] : firing.filter((alert) => !isKnown(alert)).map(alertOf);
  return { alerts: worstFirst(alerts), told: new Set([...firing, ...lasting].map(({ id }) => id)) };
}

function isToBeTold({ state, mutedBy, silencedBy }: Alert): boolean {
  return state === 'firing' && mutedBy === null && silencedBy === null;
}

function isLasting({ state }: Alert): boolean {
  return state === 'recovering' || state === 'unknown';
}

function alertOf({ subject, severity, reasons }: Alert): PageAlert {
  const [reason] = reasons;
  return {
    kind: 'told',
    subject: subjectKeyOf(subject),
    code: reason?.code ?? '',
    severity,
    about: subject,
    reason,
  };
}
