import type { Route } from '../http/route.ts';
import { acknowledge } from './acknowledge.ts';
import { alerts } from './alerts.ts';
import { asyncapi } from './asyncapi.ts';
import { availability } from './availability.ts';
import { availabilityCsv } from './availability-csv.ts';
import { connections } from './connections.ts';
import { docs } from './docs.ts';
import { docsFiles } from './docs-files.ts';
import { endSilence } from './end-silence.ts';
import { events } from './events.ts';
import { healthz } from './healthz.ts';
import { hostHistory } from './host-history.ts';
import { hosts } from './hosts.ts';
import { latest } from './latest.ts';
import { live } from './live.ts';
import { me } from './me.ts';
import { notifications } from './notifications.ts';
import { openapi } from './openapi.ts';
import { previews } from './previews.ts';
import { processMetrics } from './process-metrics.ts';
import { prometheusTargets } from './prometheus-targets.ts';
import { readyz } from './readyz.ts';
import { replayNotification } from './replay-notification.ts';
import { serverHistory } from './server-history.ts';
import { servers } from './servers.ts';
import { sessions } from './sessions.ts';
import { sessionsCsv } from './sessions-csv.ts';
import { silences } from './silences.ts';
import { snapshot } from './snapshot.ts';
import { socket } from './socket.ts';
import { statusBadge } from './status-badge.ts';
import { statusJson } from './status-json.ts';
import { statusPage } from './status-page.ts';
import { statusStyle } from './status-style.ts';
import { stream } from './stream.ts';
import { streamEvents } from './stream-events.ts';
import { streamHistory } from './stream-history.ts';
import { streamMetrics } from './stream-metrics.ts';
import { streams } from './streams.ts';
import { testTarget } from './test-target.ts';
import { tickets } from './tickets.ts';

export { type PreviewSettings, previewsOf } from './previews.ts';

/** The API. Of two routes that have a path, the first is asked first. */
export const ROUTES: readonly Route[] = [
  latest,
  snapshot,
  streams,
  connections,
  streamHistory,
  streamEvents,
  stream,
  events,
  sessions,
  sessionsCsv,
  availability,
  availabilityCsv,
  servers,
  serverHistory,
  hosts,
  hostHistory,
  alerts,
  acknowledge,
  silences,
  endSilence,
  testTarget,
  notifications,
  replayNotification,
  me,
  previews,
  live,
  socket,
  tickets,
  healthz,
  readyz,
  processMetrics,
  streamMetrics,
  prometheusTargets,
  openapi,
  asyncapi,
  docs,
  docsFiles,
  statusStyle,
  statusJson,
  statusPage,
  statusBadge,
];
