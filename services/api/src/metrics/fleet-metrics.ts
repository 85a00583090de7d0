import type { Feed, Fleet, Tick } from '../feed/index.ts';
import { exposition, type Family, labelled, textOf } from './exposition.ts';
import { type KnownServer, presenceFamilies, serverFamilies } from './server-families.ts';
import { JUDGEMENT_FAMILIES, MEASURE_FAMILIES, type StreamFamily } from './stream-families.ts';
import type { RecordFields } from '../feed/index.ts';

/** A stream, and its labels as they are written. */
interface LabelledStream {
  readonly labels: string;
  readonly record: RecordFields;
}

/** What is made of one fleet while the same servers are stale. */
interface Rendered {
  readonly fleet: Fleet;
  readonly stale: string;
  readonly text: Promise<Buffer>;
}

/**
 * Metrics of all servers and streams, in Prometheus' text format: made when somebody asks, and once a tick at most.
 * Of a stale server only that it isn't up, and its age.
 */
export class FleetMetrics {
  readonly #feed: Feed;
  #rendered: Rendered | undefined;

  constructor(feed: Feed) {
    this.#feed = feed;
  }

  async text(): Promise<Buffer> {
    const fleet = await this.#feed.servers.current();
    const servers = fleet.ticks.flatMap((tick) => this.#known(tick));
    const stale = servers
      .filter(({ age }) => age.stale)
      .map(({ tick }) => tick.subject)
      .join(' ');
    if (this.#rendered?.fleet !== fleet || this.#rendered.stale !== stale) {
      const fresh = servers.filter(({ age }) => !age.stale);
      this.#rendered = { fleet, stale, text: render(fresh) };
    }
    const presence = presenceFamilies(servers).map(textOf).join('');
    return Buffer.concat([Buffer.from(presence), await this.#rendered.text]);
  }

  /** Of a bare array nobody can tell how old it is. */
  #known(tick: Tick): readonly KnownServer[] {
    const age = this.#feed.age(tick);
    return tick.head === null || age === undefined ? [] : [{ tick, head: tick.head, age }];
  }
}

async function render(servers: readonly KnownServer[]): Promise<Buffer> {
  const streams = servers.flatMap(({ tick }) => streamsOf(tick));
  const measured = streams.filter(({ record }) => record['state'] !== 'unknown');
  const text = await exposition([
    ...serverFamilies(servers.map(({ head }) => head)),
    ...JUDGEMENT_FAMILIES.map((family) => familyOf(family, streams)),
    ...MEASURE_FAMILIES.map((family) => familyOf(family, measured)),
  ]);
  return Buffer.from(text);
}

/** A name that stands twice would make two series of one. */
function streamsOf({ subject: server, records }: Tick): readonly LabelledStream[] {
  const byName = new Map<string, LabelledStream>();
  for (const record of records) {
    const { name } = record;
    if (typeof name === 'string') byName.set(name, { labels: labelled({ server, stream: name }), record });
  }
  return [...byName.values()];
}

function familyOf({ type, name, help, samplesOf }: StreamFamily, streams: readonly LabelledStream[]): Family {
  return { type, name, help, samples: samplesIn(samplesOf, streams) };
}

/** One after the other, so that thousands needn't stand in memory. */
function* samplesIn(
  samplesOf: StreamFamily['samplesOf'],
  streams: readonly LabelledStream[],
): Generator<readonly [labels: string, value: number]> {
  for (const { labels: own, record } of streams) {
    for (const { value, labels } of samplesOf(record)) {
      yield [labels === undefined ? own : `${own},${labelled(labels)}`, value];
    }
  }
}
