import type { MessageHead } from '@mediamtx-monitor/types';
import type { Feed } from '../feed/index.ts';
import type { Tick } from '../tick/index.ts';
import { exposition, labelled } from './exposition.ts';
import { FleetMetrics, type Known } from './fleet-metrics.ts';
import { familyOf, type LabelledRecord } from './record-families.ts';
import { presenceFamilies, serverFamilies } from './server-families.ts';
import { JUDGEMENT_FAMILIES, MEASURE_FAMILIES } from './stream-families.ts';

/** Metrics of all servers and their streams, or of one. */
export function createServerMetrics(feed: Feed, server?: string): FleetMetrics<MessageHead> {
  return new FleetMetrics({
    current: async () => {
      const fleet = await feed.servers.current();
      return server === undefined ? fleet : fleet.of(server);
    },
    ageOf: feed.age.bind(feed),
    presence: (servers) => presenceFamilies(servers, (tick) => feed.serverReasons(tick)),
    render,
  });
}

function render(servers: readonly Known<MessageHead>[]): Promise<string> {
  const streams = servers.flatMap(({ tick }) => streamsOf(tick));
  const measured = streams.filter(({ record }) => record['state'] !== 'unknown');
  return exposition([
    ...serverFamilies(servers.map(({ head }) => head)),
    ...JUDGEMENT_FAMILIES.map((family) => familyOf(family, streams)),
    ...MEASURE_FAMILIES.map((family) => familyOf(family, measured)),
  ]);
}

/** A name that stands twice would make two series of one. */
function streamsOf({ subject: server, records }: Tick): readonly LabelledRecord[] {
  const byName = new Map<string, LabelledRecord>();
  for (const record of records) {
    const { name } = record;
    if (typeof name === 'string') byName.set(name, { labels: labelled({ server, stream: name }), record });
  }
  return [...byName.values()];
}
