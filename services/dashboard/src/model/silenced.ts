import type { Alert, AlertsMessage, AlertSubject } from '@mediamtx-monitor/types';

/** That nobody is told of something that is wrong. */
export interface SilencedSubject {
  /** Until when (RFC 3339, UTC); `null`: a maintenance window of the configuration says so. */
  readonly until: string | null;
}

/** By `subjectKeyOf`; only what is wrong now, or was just before. */
export type SilencedSubjects = Readonly<Record<string, SilencedSubject>>;

/** What of all alerts is silenced. */
export function silencedSubjects({ alerts, silences }: AlertsMessage): SilencedSubjects {
  const until = new Map(silences.map((silence) => [silence.id, silence.until]));
  return Object.fromEntries(
    alerts
      .filter(isSilenced)
      .map(({ subject, silencedBy }) => [subjectKeyOf(subject), { until: until.get(silencedBy) ?? null }]),
  );
}

/** Tells apart what alerts are about. */
export function subjectKeyOf(subject: AlertSubject): string {
  switch (subject.kind) {
    case 'stream':
      return `stream ${subject.server}/${subject.stream}`;
    case 'server':
      return `server ${subject.server}`;
    case 'host':
      return `host ${subject.host}`;
  }
}

function isSilenced(alert: Alert): alert is Alert & { readonly silencedBy: string } {
  return alert.silencedBy !== null && alert.state !== 'resolved';
}
