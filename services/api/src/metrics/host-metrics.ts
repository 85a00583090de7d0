import type { HostsHead } from '@mediamtx-monitor/types';
import type { Feed } from '../feed/index.ts';
import { exposition, type Family, labelled } from './exposition.ts';
import { FleetMetrics, type MetricSubject, type MetricTick } from './fleet-metrics.ts';
import { HOST_FAMILIES, HOST_PREFIX } from './host-families.ts';
import { familyOf } from './record-families.ts';

/** Metrics of all hosts. */
export function createHostMetrics(feed: Feed): FleetMetrics<HostsHead> {
  return new FleetMetrics({
    current: () => feed.hosts.current(),
    heads: () => feed.hosts.heads,
    ageOf: (known) => feed.age(known),
    presence,
    render,
  });
}

function presence(hosts: readonly MetricSubject<HostsHead>[]): readonly Family[] {
  const family = (
    name: string,
    help: string,
    valueOf: (host: MetricSubject<HostsHead>) => number | null,
  ): Family => ({
    type: 'gauge',
    name: `${HOST_PREFIX}${name}`,
    help,
    samples: hosts.flatMap((host) => {
      const value = valueOf(host);
      return value === null ? [] : [[labelled({ host: host.known.subject }), value] as const];
    }),
  });
  return [
    family('up', 'Whether the data of the host is not stale: 1 or 0.', ({ age }) => Number(!age.stale)),
    family('data_age_seconds', 'Age of the data of the host.', ({ age: { ageMs } }) =>
      ageMs === null ? null : ageMs / 1_000,
    ),
  ];
}

function render(hosts: readonly MetricTick<HostsHead>[]): Promise<string> {
  const records = hosts.flatMap(
    ({
      known: {
        subject: host,
        records: [record],
      },
    }) => (record === undefined ? [] : [{ labels: labelled({ host }), record }]),
  );
  return exposition(HOST_FAMILIES.map((family) => familyOf(family, records)));
}
