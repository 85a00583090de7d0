import type {
  Acknowledgement,
  Alert,
  AlertSilence,
  AlertSubject,
  StoredEvent,
  StoredNotification,
} from '@mediamtx-monitor/types';

type EventAlert = Pick<Alert, 'id' | 'subject' | 'severity' | 'reasons' | 'since' | 'returns'>;

/** An alert fires, or is over; `at`: when (RFC 3339, UTC). */
export function alertEvent(
  type: 'alert.firing' | 'alert.resolved',
  alert: EventAlert,
  at: string,
): StoredEvent {
  const { severity, reasons, returns } = alert;
  return {
    type,
    ...ofAlert(alert, at),
    severity: type === 'alert.firing' ? severity : 'info',
    reasons: reasons.map(({ code, severity: how }) => ({ code, severity: how })),
    returns,
  };
}

/** Somebody has taken an alert on. */
export function acknowledgedEvent(
  alert: Omit<EventAlert, 'severity' | 'reasons' | 'returns'>,
  { at, by, comment }: Acknowledgement,
): StoredEvent {
  return { type: 'alert.acknowledged', ...ofAlert(alert, at), by, comment };
}

/** Nobody is told of what a silence selects any more. */
export function silenceAddedEvent(silence: AlertSilence): StoredEvent {
  const { id, server, stream, reason, author, comment, createdAt, until } = silence;
  return {
    type: 'silence.added',
    ...base(server ?? '', createdAt),
    ...ofHost(silence),
    silence: id,
    by: author,
    match: stream,
    reason,
    until,
    comment,
  };
}

/** A silence is over. @param by name of the token of who ended it; `null` where its time was over */
export function silenceEndedEvent(silence: AlertSilence, by: string | null, at: string): StoredEvent {
  const { id, server } = silence;
  return { type: 'silence.ended', ...base(server ?? '', at), ...ofHost(silence), silence: id, by };
}

function ofHost({ host = null }: AlertSilence): { readonly host?: string } {
  return host === null ? {} : { host };
}

/** A message isn't tried any more. */
export function notificationFailedEvent({
  at,
  target,
  messageId,
  error,
}: Pick<StoredNotification, 'at' | 'target' | 'messageId' | 'error'>): StoredEvent {
  return {
    type: 'notification.failed',
    ...base('', at),
    severity: 'warning',
    target,
    message: messageId,
    error: error ?? '',
  };
}

function base(server: string, at: string) {
  return { at, server, severity: 'info', since: null, unseenSince: null, cause: null } as const;
}

function ofAlert({ id, subject, since }: Pick<Alert, 'id' | 'subject' | 'since'>, at: string) {
  return { ...base(serverOf(subject), at), since, alert: id, ...partOf(subject) };
}

/** Empty for a host, which belongs to none. */
function serverOf(subject: AlertSubject): string {
  return subject.kind === 'host' ? '' : subject.server;
}

function partOf(subject: AlertSubject) {
  if (subject.kind === 'stream') return { stream: subject.stream };
  return subject.kind === 'host' ? { host: subject.host } : {};
}
