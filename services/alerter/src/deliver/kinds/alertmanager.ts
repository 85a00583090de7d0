import type { Alert } from '@mediamtx-monitor/types';
import { mainReason, writeAlert } from '../../text/index.ts';
import { urlOf } from '../access.ts';
import type { Attempt } from '../attempt.ts';
import { type HttpKind, type HttpRequest, jsonRequest } from '../http-kind.ts';

/** An alert as Alertmanager takes it (https://prometheus.io/docs/alerting/latest/alerts_api/). */
interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL?: string;
}

/** What isn't told again for so long is over: nobody tells of it any more. */
const FIRES_FOR_MS = 240_000;
const MAX_ALERTS = 1_000;

/**
 * A Prometheus Alertmanager, by its API (v2). It is told of all that fires, again and again, and of a Watchdog, so that
 * it can tell when nothing comes any more. Labels are what it knows alerts by: where those of an alert change, since its
 * worst reason does, what was told before is ended.
 */
export class Alertmanager implements HttpKind {
  readonly canBeGone = false;
  readonly advice = 'check url (without /api/v2), and what secretFile holds';
  /** What each target was told last that fires. */
  readonly #told = new Map<string, readonly PostedAlert[]>();
  readonly #pending = new Map<string, readonly PostedAlert[]>();

  requests(attempt: Attempt): readonly HttpRequest[] {
    const { access, target } = attempt;
    const url = urlOf(access, target.address, ['https:', 'http:']);
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/api/v2/alerts`;
    const firing = firingIn(attempt);
    this.#pending.set(target.name, firing);
    const over = [...resolvedIn(attempt), ...endedNow(this.#told.get(target.name) ?? [], attempt.wallMs)];
    const [credentials] = access.secrets;
    const headers = credentials === undefined ? {} : { authorization: authorization(credentials) };
    return chunksOf(withoutDoubles([...firing, ...over])).map((alerts) => jsonRequest(url, alerts, headers));
  }

  delivered({ target }: Attempt): void {
    this.#told.set(target.name, this.#pending.get(target.name) ?? []);
  }
}

/** All that fires, what the message tells as new among it, and what always does. */
function firingIn(attempt: Attempt): readonly PostedAlert[] {
  const { message, wallMs } = attempt;
  const endsAt = new Date(wallMs + FIRES_FOR_MS).toISOString();
  const all = new Map(
    [...message.fired, ...message.repeated, ...attempt.firing].map((alert) => [alert.id, alert]),
  );
  const always = { annotations: {}, startsAt: new Date(wallMs).toISOString(), endsAt };
  return [
    ...[...all.values()].map((alert) => posted(alert, attempt, endsAt)),
    {
      ...always,
      labels: { alertname: 'Watchdog', severity: 'none' },
      annotations: { summary: 'Always fires while mediamtx-monitor can tell of alerts' },
    },
    ...(message.kind === 'alerts'
      ? []
      : [
          {
            ...always,
            labels: {
              alertname: message.kind === 'test' ? 'test' : 'target-gone',
              severity: 'warning',
              target: message.goneTarget ?? message.target,
            },
            annotations: { summary: attempt.write((text) => text).title },
          },
        ]),
  ];
}

function resolvedIn(attempt: Attempt): readonly PostedAlert[] {
  const now = new Date(attempt.wallMs).toISOString();
  return attempt.message.resolved.map((alert) => posted(alert, attempt, alert.resolvedAt ?? now));
}

function endedNow(alerts: readonly PostedAlert[], wallMs: number): readonly PostedAlert[] {
  const endsAt = new Date(wallMs).toISOString();
  return alerts.map((alert) => ({ ...alert, startsAt: earlier(alert.startsAt, endsAt), endsAt }));
}

function posted(alert: Alert, { message, style }: Attempt, endsAt: string): PostedAlert {
  const { title, lines, link, cause } = writeAlert(
    alert,
    message.at,
    style((text) => text),
  );
  return {
    labels: labelsOf(alert),
    annotations: { summary: title, description: lines.join('\n'), cause },
    startsAt: earlier(alert.since, endsAt),
    endsAt,
    ...(link !== null && { generatorURL: link }),
  };
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

/** What begins after its end is refused. */
function earlier(one: string, other: string): string {
  return Date.parse(one) < Date.parse(other) ? one : other;
}

/** Of those with the same labels the first: what fires isn't over. */
function withoutDoubles(alerts: readonly PostedAlert[]): readonly PostedAlert[] {
  const byLabels = new Map<string, PostedAlert>();
  for (const alert of alerts) {
    const key = JSON.stringify(alert.labels);
    if (!byLabels.has(key)) byLabels.set(key, alert);
  }
  return [...byLabels.values()];
}

function chunksOf(alerts: readonly PostedAlert[]): readonly (readonly PostedAlert[])[] {
  return Array.from({ length: Math.ceil(alerts.length / MAX_ALERTS) }, (_, index) =>
    alerts.slice(index * MAX_ALERTS, (index + 1) * MAX_ALERTS),
  );
}

/** A user and a password with a colon between them, or a token, which has none (RFC 7617, RFC 6750). */
function authorization(credentials: string): string {
  return credentials.includes(':')
    ? `Basic ${Buffer.from(credentials).toString('base64')}`
    : `Bearer ${credentials}`;
}
