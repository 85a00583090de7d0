import {
  addProcessMetrics,
  addReadMetric,
  type Clock,
  type LoopStats,
  type MetricsSource,
  type Part,
  type ReadMetric,
} from '@mediamtx-monitor/runtime';
import { Counter, Histogram, Registry } from 'prom-client';
import { LIST_NAMES } from './protocols/index.ts';
import type { EventHealth } from './server/event-journal.ts';
import type { TickReport } from './server/report.ts';
import type { SharingHealth } from './sharing/index.ts';

export interface CollectorMetricsOptions {
  /** Ids of the servers that are polled, each with what its schedule has counted. */
  readonly servers: () => Iterable<readonly [string, LoopStats]>;
  /** Ids of the servers whose events are written down, each with how that goes. */
  readonly events: () => Iterable<readonly [string, EventHealth]>;
  /** How servers are shared with other collectors. */
  readonly sharing: () => SharingHealth;
  /** The id of the server where it is the only one for ever; `null` = there are several, or may be. */
  readonly only: string | null;
  readonly version: string;
  readonly clock: Clock;
}

const MS_PER_SECOND = 1_000;
const TICK_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5];
const PUBLISH_BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2];
const FAILURES = ['late', 'superseded', 'error'] as const;

/**
 * For Prometheus: how collecting goes, each server under its label. What was collected is told by the API. What is of the
 * whole process carries the server only where there is one.
 */
export class CollectorMetrics implements Part {
  readonly name = 'metrics';
  readonly source: MetricsSource;
  readonly #clock: Clock;
  readonly #counted: Counted;
  readonly #process: Part;
  readonly #streamsBytes = new Map<string, number>();
  readonly #successMs = new Map<string, number>();

  constructor({ servers, events, sharing, only, version, clock }: CollectorMetricsOptions) {
    const registry = new Registry();
    if (only !== null) registry.setDefaultLabels({ server: only });
    this.source = registry;
    this.#clock = clock;
    this.#counted = counted(registry);
    const last: readonly ReadMetric[] = [
      {
        type: 'gauge',
        name: 'mediamtx_monitor_published_streams_bytes',
        help: 'Size of the newest array of streams, as JSON.',
        labelNames: ['server'],
        read: () => samplesOf(this.#streamsBytes, (bytes) => bytes),
      },
      {
        type: 'gauge',
        name: 'mediamtx_monitor_last_success_timestamp_seconds',
        help: 'When a tick with a good path list was stored last (Unix time); nothing before the first.',
        labelNames: ['server'],
        read: () => samplesOf(this.#successMs, (ms) => ms / MS_PER_SECOND),
      },
    ];
    for (const metric of [
      ...scheduleMetrics(servers),
      ...eventMetrics(events),
      ...sharingMetrics(sharing),
      ...last,
    ])
      addReadMetric(registry, metric);
    this.#process = addProcessMetrics(registry, version);
  }

  start(): void {
    void this.#process.start();
  }

  stop(): void {
    void this.#process.stop();
  }

  /** Tells of a server from now on. */
  add(server: string): void {
    const { tickDuration, publishDuration, listFailures, publishFailures } = this.#counted;
    tickDuration.zero({ server });
    publishDuration.zero({ server });
    // A series that begins with its first failure would hide that one from rate().
    for (const list of LIST_NAMES) listFailures.inc({ list, server }, 0);
    for (const reason of FAILURES) publishFailures.inc({ reason, server }, 0);
  }

  /** Tells no more of a server. */
  remove(server: string): void {
    const { tickDuration, publishDuration, listFailures, publishFailures } = this.#counted;
    tickDuration.remove({ server });
    publishDuration.remove({ server });
    for (const list of LIST_NAMES) listFailures.remove({ list, server });
    for (const reason of FAILURES) publishFailures.remove({ reason, server });
    this.#streamsBytes.delete(server);
    this.#successMs.delete(server);
  }

  /** Counts a tick that is done, which took so long. */
  onTick(report: TickReport, durationMs: number): void {
    const { server, snapshot, redis, publishMs, streamsBytes } = report;
    const { tickDuration, publishDuration, listFailures, publishFailures } = this.#counted;
    tickDuration.observe({ server }, durationMs / MS_PER_SECOND);
    if (publishMs !== null) publishDuration.observe({ server }, publishMs / MS_PER_SECOND);
    for (const list of snapshot.missing) listFailures.inc({ list, server });
    if (redis !== 'published') {
      publishFailures.inc({ reason: typeof redis === 'string' ? redis : 'error', server });
      return;
    }
    if (streamsBytes !== null) this.#streamsBytes.set(server, streamsBytes);
    if (snapshot.source.status === 'up') this.#successMs.set(server, this.#clock.wallMs());
  }
}

/** A sample of each server that has a value. */
function samplesOf<Value>(values: Iterable<readonly [string, Value]>, read: (value: Value) => number) {
  return Array.from(values, ([server, value]) => ({ labels: { server }, value: read(value) }));
}

interface Counted {
  readonly tickDuration: Histogram<'server'>;
  readonly publishDuration: Histogram<'server'>;
  readonly listFailures: Counter<'list' | 'server'>;
  readonly publishFailures: Counter<'reason' | 'server'>;
}

/** What is counted here, tick by tick. */
function counted(registry: Registry): Counted {
  const registers = [registry];
  const tickDuration = new Histogram({
    name: 'mediamtx_monitor_tick_duration_seconds',
    help: 'Time from the first question to MediaMTX until the tick is stored.',
    labelNames: ['server'],
    buckets: TICK_BUCKETS_S,
    registers,
  });
  const publishDuration = new Histogram({
    name: 'mediamtx_monitor_publish_duration_seconds',
    help: 'Time until Redis has answered to a tick; ticks that failed are not among them.',
    labelNames: ['server'],
    buckets: PUBLISH_BUCKETS_S,
    registers,
  });
  const listFailures = new Counter({
    name: 'mediamtx_monitor_list_failures_total',
    help: 'Times a list of MediaMTX could not be read.',
    labelNames: ['list', 'server'],
    registers,
  });
  const publishFailures = new Counter({
    name: 'mediamtx_monitor_publish_failures_total',
    help: 'Ticks that were not stored: late, superseded by another collector, or an error of Redis.',
    labelNames: ['reason', 'server'],
    registers,
  });
  return { tickDuration, publishDuration, listFailures, publishFailures };
}

/** What the schedules have counted. */
function scheduleMetrics(servers: CollectorMetricsOptions['servers']): readonly ReadMetric[] {
  const of = (name: string, help: string, member: keyof LoopStats): ReadMetric => ({
    type: 'counter',
    name: `mediamtx_monitor_${name}_total`,
    help,
    labelNames: ['server'],
    read: () => samplesOf(servers(), (stats) => stats[member]),
  });
  return [
    of('due_ticks', 'Times a tick was due.', 'due'),
    of('overlapping_ticks', 'Ticks left out because the one before was still running.', 'overlaps'),
    of('missed_ticks', 'Times a tick was left out because the process came too late for it.', 'missed'),
    of('schedule_restarts', 'Times the clock was found set, so that the schedule began anew.', 'restarts'),
  ];
}

/** How it goes with what is written down. */
function eventMetrics(events: CollectorMetricsOptions['events']): readonly ReadMetric[] {
  const of = (
    type: ReadMetric['type'],
    name: string,
    help: string,
    read: (health: EventHealth) => number | null,
  ): ReadMetric => ({
    type,
    name: `mediamtx_monitor_${name}`,
    help,
    labelNames: ['server'],
    read: () =>
      Array.from(events()).flatMap(([server, health]) => {
        const value = read(health);
        return value === null ? [] : [{ labels: { server }, value }];
      }),
  });
  return [
    of(
      'gauge',
      'events_stored',
      '1 while the durable Redis takes events and sessions, else 0.',
      ({ status }) => (status === 'failed' ? 0 : 1),
    ),
    of(
      'gauge',
      'events_waiting',
      'Changes that the durable Redis has not taken yet.',
      ({ waiting }) => waiting,
    ),
    of(
      'counter',
      'events_dropped_total',
      'Events and sessions lost since too many waited.',
      ({ dropped }) => dropped,
    ),
    of(
      'gauge',
      'events_last_stored_timestamp_seconds',
      'When the durable Redis took something last (Unix time); nothing before the first.',
      ({ takenAtMs }) => (takenAtMs === null ? null : takenAtMs / MS_PER_SECOND),
    ),
  ];
}

/** Who polls what. */
function sharingMetrics(sharing: CollectorMetricsOptions['sharing']): readonly ReadMetric[] {
  const of = (
    name: string,
    help: string,
    read: (health: SharingHealth) => readonly unknown[],
  ): ReadMetric => ({
    type: 'gauge',
    name: `mediamtx_monitor_${name}`,
    help,
    labelNames: [],
    read: () => [{ labels: {}, value: read(sharing()).length }],
  });
  return [
    of('held_servers', 'Servers that this collector polls.', ({ holds }) => holds),
    of(
      'standby_servers',
      'Servers of this collector that it doesn’t poll, since another one does.',
      ({ standsBy }) => standsBy,
    ),
    of(
      'server_conflicts',
      'Servers by which another collector means another MediaMTX, each with that collector.',
      ({ conflicts }) => conflicts,
    ),
    of('other_collectors', 'Other collectors that live.', ({ others }) => others),
  ];
}
