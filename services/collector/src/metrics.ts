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
import type { TickReport } from './collect.ts';
import { LIST_NAMES } from './protocols/index.ts';
import type { RedisPublisher } from './publish/index.ts';

export interface CollectorMetricsOptions {
  /** Server id, on every metric. */
  readonly server: string;
  readonly version: string;
  readonly clock: Clock;
  readonly loopStats: () => LoopStats;
}

export interface CollectorMetrics extends Part {
  readonly source: MetricsSource;
  /** The same publisher, with its time and what it publishes measured. */
  readonly watch: (publisher: RedisPublisher) => RedisPublisher;
  /** Counts a tick that is done. */
  readonly onTick: (report: TickReport, durationMs: number) => void;
}

const MS_PER_SECOND = 1_000;
const TICK_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5];
const PUBLISH_BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2];
const FAILURES = ['late', 'superseded', 'error'] as const;

/** For Prometheus: how collecting goes. What was collected is told by the API. */
export function createCollectorMetrics(options: CollectorMetricsOptions): CollectorMetrics {
  const { server, version, clock, loopStats } = options;
  const registry = new Registry();
  registry.setDefaultLabels({ server });
  const { tickDuration, publishDuration, listFailures, publishFailures } = counted(registry);
  let streamsBytes: number | undefined;
  let successMs: number | undefined;
  const last: readonly ReadMetric[] = [
    {
      type: 'gauge',
      name: 'mediamtx_monitor_published_streams_bytes',
      help: 'Size of the newest array of streams, as JSON.',
      read: () => (streamsBytes === undefined ? [] : [{ value: streamsBytes }]),
    },
    {
      type: 'gauge',
      name: 'mediamtx_monitor_last_success_timestamp_seconds',
      help: 'When a tick with a good path list was stored last (Unix time); nothing before the first.',
      read: () => (successMs === undefined ? [] : [{ value: successMs / MS_PER_SECOND }]),
    },
  ];
  for (const metric of [...scheduleMetrics(loopStats), ...last]) addReadMetric(registry, metric);
  const { start, stop } = addProcessMetrics(registry, version);
  return {
    name: 'metrics',
    start,
    stop,
    source: registry,
    watch: (publisher) => ({
      ...publisher,
      publish: async (content, streamsJson) => {
        const startedMs = clock.monotonicMs();
        const published = await publisher.publish(content, streamsJson);
        publishDuration.observe((clock.monotonicMs() - startedMs) / MS_PER_SECOND);
        if (published.outcome === 'published') streamsBytes = Buffer.byteLength(streamsJson);
        return published;
      },
    }),
    onTick: ({ snapshot: { missing, source }, redis }, durationMs) => {
      tickDuration.observe(durationMs / MS_PER_SECOND);
      for (const list of missing) listFailures.inc({ list });
      if (redis !== 'published') publishFailures.inc({ reason: typeof redis === 'string' ? redis : 'error' });
      else if (source.status === 'up') successMs = clock.wallMs();
    },
  };
}

/** What is counted here, tick by tick. */
function counted(registry: Registry): {
  readonly tickDuration: Histogram;
  readonly publishDuration: Histogram;
  readonly listFailures: Counter<'list'>;
  readonly publishFailures: Counter<'reason'>;
} {
  const registers = [registry];
  const tickDuration = new Histogram({
    name: 'mediamtx_monitor_tick_duration_seconds',
    help: 'Time from the first question to MediaMTX until the tick is stored.',
    buckets: TICK_BUCKETS_S,
    registers,
  });
  const publishDuration = new Histogram({
    name: 'mediamtx_monitor_publish_duration_seconds',
    help: 'Time until Redis has answered to a tick; ticks that failed are not among them.',
    buckets: PUBLISH_BUCKETS_S,
    registers,
  });
  const listFailures = new Counter({
    name: 'mediamtx_monitor_list_failures_total',
    help: 'Times a list of MediaMTX could not be read.',
    labelNames: ['list'],
    registers,
  });
  const publishFailures = new Counter({
    name: 'mediamtx_monitor_publish_failures_total',
    help: 'Ticks that were not stored: late, superseded by another collector, or an error of Redis.',
    labelNames: ['reason'],
    registers,
  });
  // A series that begins with its first failure would hide that one from rate().
  for (const list of LIST_NAMES) listFailures.inc({ list }, 0);
  for (const reason of FAILURES) publishFailures.inc({ reason }, 0);
  return { tickDuration, publishDuration, listFailures, publishFailures };
}

/** What the schedule has counted. */
function scheduleMetrics(stats: () => LoopStats): readonly ReadMetric[] {
  const of = (name: string, help: string, member: keyof LoopStats): ReadMetric => ({
    type: 'counter',
    name: `mediamtx_monitor_${name}_total`,
    help,
    read: () => [{ value: stats()[member] }],
  });
  return [
    of('due_ticks', 'Times a tick was due.', 'due'),
    of('overlapping_ticks', 'Ticks left out because the one before was still running.', 'overlaps'),
    of('missed_ticks', 'Times a tick was left out because the process came too late for it.', 'missed'),
    of('schedule_restarts', 'Times the clock was found set, so that the schedule began anew.', 'restarts'),
  ];
}
