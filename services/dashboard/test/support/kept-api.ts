import type { AvailabilityReport, MonitorEvent, SessionRecord } from '@mediamtx-monitor/types';

/** What an API has kept. It may change, and may fail. */
export interface KeptApi {
  events: readonly MonitorEvent[];
  sessions: readonly SessionRecord[];
  report: AvailabilityReport;
  failure: { readonly status: number; readonly code: string; readonly detail: string } | null;
  /** Paths and queries that were asked for. */
  readonly asked: string[];
  readonly fetch: typeof fetch;
}

const NO_REPORT: AvailabilityReport = {
  from: '2026-01-01T00:00:00.000Z',
  to: '2026-01-02T00:00:00.000Z',
  items: [],
};

/** An API that keeps events and sessions, and answers with so many at once. */
export function keptApi(
  given: Partial<Pick<KeptApi, 'events' | 'sessions' | 'report'>> = {},
  most = 1_000,
): KeptApi {
  const api: KeptApi = {
    events: [],
    sessions: [],
    report: NO_REPORT,
    failure: null,
    ...given,
    asked: [],
    fetch: (input) => {
      const url = new URL(typeof input === 'string' ? input : '');
      api.asked.push(`${url.pathname}${url.search}`);
      if (api.failure !== null) return Promise.resolve(json(api.failure, api.failure.status));
      if (url.pathname === '/api/events')
        return Promise.resolve(json(eventsPage(api.events, url.searchParams, most)));
      if (url.pathname === '/api/sessions') {
        return Promise.resolve(
          json({ items: api.sessions, next: '9-0', previous: null, more: false, trimmed: false }),
        );
      }
      if (url.pathname === '/api/reports/availability') return Promise.resolve(json(api.report));
      return Promise.resolve(json({ items: [], total: 0 }));
    },
  };
  return api;
}

/** What of an answer is read: jsdom has none. */
function json(body: object, status = 200): Response {
  return { status, headers: { get: () => null }, json: () => Promise.resolve(body) } as unknown as Response;
}

/** As the API goes through what it keeps; whether a stream matches, it doesn't look at. */
function eventsPage(events: readonly MonitorEvent[], query: URLSearchParams, most: number) {
  const types = query.get('type')?.split(',');
  const role = query.get('role');
  const isWanted = (event: MonitorEvent): boolean =>
    (types === undefined || types.includes(event.type)) &&
    (role === null || !('role' in event) || event.role === role);
  const wanted = events.filter(isWanted);
  const [since, until] = [place(query.get('since')), place(query.get('until'))];
  const inTime = wanted.filter(
    ({ id }) => (since === null || msOf(id) > since) && (until === null || msOf(id) < until),
  );
  const items = since === null ? inTime.slice(-most) : inTime.slice(0, most);
  const more = items.length < inTime.length;
  const previous = since === null && more ? (items[0]?.id ?? null) : null;
  return { items, next: items.at(-1)?.id ?? query.get('since') ?? '0-0', previous, more, trimmed: false };
}

function msOf(id: string): number {
  return Number.parseInt(id, 10);
}

function place(text: string | null): number | null {
  if (text === null) return null;
  return /^\d+-\d+$/.test(text) ? msOf(text) : Date.parse(text);
}
