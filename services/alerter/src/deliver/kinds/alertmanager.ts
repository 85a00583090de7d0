import type { Alert } from '@mediamtx-monitor/types';
import { writeAlert } from '../../text/index.ts';
import { mainReason } from '../../main-reason.ts';
import { toldLabelsOf } from '../../told-labels.ts';
import { urlOf } from '../../access.ts';
import type { DeliveryAttempt } from '../attempt.ts';
import { bearer, type HttpKind, type HttpRequest, jsonRequest } from '../http-kind.ts';

/** An alert as Alertmanager takes it (https://prometheus.io/docs/alerting/latest/alerts_api/). */
interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL?: string;
}

/** What is to be told of an alert: until when it fires, or when it ended. */
interface TimedAlert {
  readonly alert: Alert;
  readonly labels: PostedAlert['labels'];
  readonly endsAt: string;
}

/** What isn't told again for so long is over: nobody tells of it any more. */
const FIRES_FOR_MS = 240_000;
const MAX_ALERTS = 1_000;

/**
 * A Prometheus Alertmanager, by its API (v2). It is told of all that fires, again and again, and of a Watchdog, so that
 * it can tell when nothing comes any more. Labels are what it knows alerts by: where those of an alert change, since its
 * worst reason does, what was told before is ended.
 */
export const ALERTMANAGER: HttpKind = {
  canBeGone: false,
  advice: 'check url (without /api/v2), and what secretFile holds',
  requests: requestsOf,
  told: (attempt) => firingIn(attempt).map(toldLabelsOf),
};

/** Makes each request when it is asked for: thousands of alerts at once would hold everything else up. */
function* requestsOf(attempt: DeliveryAttempt): Generator<HttpRequest> {
  const { access, target, message, ended, wallMs } = attempt;
  const url = urlOf(access, target.address, ['https:', 'http:']);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/api/v2/alerts`;
  const [credentials] = access.secrets;
  const headers = credentials === undefined ? {} : authorization(credentials);
  const now = new Date(wallMs).toISOString();
  const until = new Date(wallMs + FIRES_FOR_MS).toISOString();
  const alerts = withoutDoubles([
    ...firingIn(attempt).map((alert) => timed(alert, until)),
    ...message.resolved.map((alert) => timed(alert, alert.endedAt ?? alert.resolvedAt ?? now)),
    ...ended.map((alert) => timed(alert, now)),
  ]);
  let others = standingIn(attempt, now, until);
  for (let from = 0; others.length > 0 || from < alerts.length;) {
    const end = from + MAX_ALERTS - others.length;
    const chunk = alerts.slice(from, end).map((each) => posted(each, attempt));
    yield jsonRequest(url, [...others, ...chunk], headers);
    [from, others] = [end, []];
  }
}

/** All that fires, and what the message tells as such. */
function firingIn({ message, firing }: DeliveryAttempt): readonly Alert[] {
  const all = [...message.fired, ...message.repeated, ...firing];
  return [...new Map(all.map((alert) => [alert.id, alert])).values()];
}

/** What is no alert of ours: what always fires, and what a message tells beside alerts. */
function standingIn(
  { message, write }: DeliveryAttempt,
  startsAt: string,
  endsAt: string,
): readonly PostedAlert[] {
  const watchdog: PostedAlert = {
    labels: { alertname: 'Watchdog', severity: 'none' },
    annotations: { summary: 'Always fires while mediamtx-monitor can tell of alerts' },
    startsAt,
    endsAt,
  };
  if (message.kind === 'alerts') return [watchdog];
  const alertname = message.kind === 'test' ? 'test' : 'target-gone';
  return [
    watchdog,
    {
      labels: { alertname, severity: 'warning', target: message.goneTarget ?? message.target },
      annotations: { summary: write((text) => text).title },
      startsAt,
      endsAt,
    },
  ];
}

function timed(alert: Alert, endsAt: string): TimedAlert {
  return { alert, labels: labelsOf(alert), endsAt };
}

function labelsOf(alert: Alert): PostedAlert['labels'] {
  const { subject, severity } = alert;
  const common = { alertname: mainReason(alert)?.code ?? 'trouble', severity };
  switch (subject.kind) {
    case 'stream':
      return { ...common, server: subject.server, stream: subject.stream };
    case 'server':
      return { ...common, server: subject.server };
    case 'host':
      return { ...common, host: subject.host };
  }
}

/** Of those with the same labels the first: what fires isn't over. */
function withoutDoubles(alerts: readonly TimedAlert[]): readonly TimedAlert[] {
  const byLabels = new Map<string, TimedAlert>();
  for (const alert of alerts) {
    const key = JSON.stringify(alert.labels);
    if (!byLabels.has(key)) byLabels.set(key, alert);
  }
  return [...byLabels.values()];
}

function posted({ alert, labels, endsAt }: TimedAlert, { message, style }: DeliveryAttempt): PostedAlert {
  const { title, lines, link, cause } = writeAlert(
    alert,
    message.at,
    style((text) => text),
  );
  return {
    labels,
    annotations: { summary: title, description: lines.join('\n'), cause },
    // What begins after its end is refused.
    startsAt: Date.parse(alert.since) < Date.parse(endsAt) ? alert.since : endsAt,
    endsAt,
    ...(link !== null && { generatorURL: link }),
  };
}

/** A user and a password with a colon between them, or a token, which has none (RFC 7617). */
function authorization(credentials: string): Readonly<Record<string, string>> {
  return credentials.includes(':')
    ? { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }
    : bearer(credentials);
}
