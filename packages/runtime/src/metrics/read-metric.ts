import { Counter, Gauge, type Registry } from 'prom-client';

/** One value of a metric, with the labels that tell it from the others. */
export interface Sample {
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A metric of what is counted anyway: it is read when somebody asks. */
export interface ReadMetric {
  readonly type: 'counter' | 'gauge';
  /** With its base unit; that of a counter ends in `_total`. */
  readonly name: string;
  /** What it means, for people. */
  readonly help: string;
  readonly labelNames?: readonly string[];
  /** What it is now; nothing where that isn't known. */
  readonly read: () => readonly Sample[];
}

/** Adds a metric to those that the registry tells. */
export function addReadMetric(registry: Registry, metric: ReadMetric): void {
  const { type, name, help, labelNames = [], read } = metric;
  const shared = { name, help, labelNames, registers: [registry] };
  if (type === 'counter') {
    const counter = new Counter({
      ...shared,
      collect: () => {
        empty(counter, labelNames);
        for (const { labels = {}, value } of read()) counter.inc(labels, value);
      },
    });
    return;
  }
  const gauge = new Gauge({
    ...shared,
    collect: () => {
      empty(gauge, labelNames);
      for (const { labels = {}, value } of read()) gauge.set(labels, value);
    },
  });
}

/** prom-client gives a metric without labels a 0, but what isn't known is nothing. */
function empty(metric: Counter | Gauge, labelNames: readonly string[]): void {
  metric.reset();
  if (labelNames.length === 0) metric.remove();
}
