import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Registry } from 'prom-client';
import type { Part } from '../lifecycle/part.ts';
import { addReadMetric, type ReadMetric } from './read-metric.ts';

/**
 * Time between two looks at the event loop, in ms. Each wakes the process, which costs an idle one more than its work
 * does; a delay that is longer than this time is never overlooked.
 */
const SAMPLE_MS = 500;
const NS_PER_SECOND = 1e9;
const US_PER_SECOND = 1e6;
const MS_PER_SECOND = 1e3;

/**
 * Adds what tells how a process is: CPU, memory, event loop, version. prom-client's own default metrics can't be
 * stopped, and some of them have names that promtool refuses.
 * @returns the part that looks at the event loop
 */
export function addProcessMetrics(registry: Registry, version: string): Part {
  const delay = monitorEventLoopDelay({ resolution: SAMPLE_MS });
  const metrics: readonly ReadMetric[] = [
    ...PROCESS,
    {
      type: 'gauge',
      name: 'mediamtx_monitor_event_loop_delay_seconds',
      help: 'How late the event loop was since this was last asked for: mean, 99th percentile and greatest delay.',
      labelNames: ['statistic'],
      read: () => {
        if (delay.count === 0) return [];
        const figures = { mean: delay.mean, p99: delay.percentile(99), max: delay.max };
        delay.reset();
        return Object.entries(figures).map(([statistic, ns]) => ({
          labels: { statistic },
          value: Math.max(0, ns / NS_PER_SECOND - SAMPLE_MS / MS_PER_SECOND),
        }));
      },
    },
    {
      type: 'gauge',
      name: 'mediamtx_monitor_build_info',
      help: 'Versions of this service and of Node.js; always 1.',
      labelNames: ['version', 'node'],
      read: () => [{ value: 1, labels: { version, node: process.version } }],
    },
  ];
  for (const metric of metrics) addReadMetric(registry, metric);
  return {
    name: 'process metrics',
    start: () => {
      delay.enable();
    },
    stop: () => {
      delay.disable();
    },
  };
}

/** Under the names that Prometheus' own clients use. */
const PROCESS: readonly ReadMetric[] = [
  {
    type: 'counter',
    name: 'process_cpu_seconds_total',
    help: 'User and system CPU time of the process.',
    read: () => {
      const { user, system } = process.cpuUsage();
      return [{ value: (user + system) / US_PER_SECOND }];
    },
  },
  {
    type: 'gauge',
    name: 'process_resident_memory_bytes',
    help: 'Resident memory of the process.',
    read: () => [{ value: process.memoryUsage.rss() }],
  },
  {
    type: 'gauge',
    name: 'process_start_time_seconds',
    help: 'When the process started (Unix time).',
    read: () => [{ value: performance.timeOrigin / MS_PER_SECOND }],
  },
  {
    type: 'gauge',
    name: 'nodejs_heap_size_used_bytes',
    help: 'Memory in use in the heap of JavaScript.',
    read: () => [{ value: process.memoryUsage().heapUsed }],
  },
  {
    type: 'gauge',
    name: 'nodejs_external_memory_bytes',
    help: 'Memory outside of that heap, buffers among it.',
    read: () => [{ value: process.memoryUsage().external }],
  },
];
