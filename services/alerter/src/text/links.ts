import type { Alert, AlertSubject } from '@mediamtx-monitor/types';

/** Longer addresses aren't taken everywhere; instead of one the whole list is linked to. */
const MAX_LENGTH = 800;

/**
 * Where the dashboard shows what an alert is about.
 * @param dashboardUrl `null` = nobody knows it, so there are no links
 */
export function linkOf(subject: AlertSubject, dashboardUrl: string | null): string | null {
  if (subject.kind === 'stream')
    return linkTo(dashboardUrl, [['stream', `${subject.server}/${subject.stream}`]]);
  return linkTo(dashboardUrl, [['view', 'servers']]);
}

/** Where the dashboard shows several: the streams of their server, the servers, or all. */
export function linkOfMany(alerts: readonly Alert[], dashboardUrl: string | null): string | null {
  const [first, ...others] = alerts;
  if (first === undefined) return linkTo(dashboardUrl, []);
  if (others.length === 0) return linkOf(first.subject, dashboardUrl);
  const subjects = alerts.map(({ subject }) => subject);
  if (subjects.every(({ kind }) => kind !== 'stream')) return linkTo(dashboardUrl, [['view', 'servers']]);
  const servers = new Set(subjects.map((subject) => (subject.kind === 'host' ? '' : subject.server)));
  const [server = ''] = servers;
  return linkTo(dashboardUrl, servers.size === 1 && server !== '' ? [['server', server]] : []);
}

function linkTo(
  dashboardUrl: string | null,
  query: readonly (readonly [name: string, value: string])[],
): string | null {
  if (dashboardUrl === null) return null;
  const url = new URL(dashboardUrl);
  url.hash = '';
  url.search = query.map(([name, value]) => `${name}=${readable(value)}`).join('&');
  if (url.href.length <= MAX_LENGTH) return url.href;
  url.search = '';
  return url.href;
}

/** As the dashboard writes it: slashes may stand in a query as they are. Halves of characters can't be encoded. */
function readable(value: string): string {
  return encodeURIComponent(Buffer.from(value).toString()).replaceAll('%2F', '/');
}
