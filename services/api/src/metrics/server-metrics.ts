import { MBPS_PER_BYTE, type MessageHead, type Reason } from '@mediamtx-monitor/types';
import { ALL, type Chosen, type Feed } from '../feed/index.ts';
import type { KnownHead, Tick } from '../tick/index.ts';
import { exposition, type Family, labelled } from './exposition.ts';
import { FleetMetrics, type MetricSubject, type MetricTick } from './fleet-metrics.ts';
import { amount, familyOf, type LabelledRecord, reasonsIn } from './record-families.ts';
import { JUDGEMENT_FAMILIES, MEASURE_FAMILIES } from './stream-families.ts';

const MS_PER_SECOND = 1_000;

/** Metrics of all servers and their streams, or of some. */
export function createServerMetrics(feed: Feed, choice: Chosen = ALL): FleetMetrics<MessageHead> {
  return new FleetMetrics({
    current: () => feed.servers.current('streams', choice),
    heads: () =>
      feed.servers.heads.filter(({ subject }) => choice.isChosen(subject) && !feed.servers.isGone(subject)),
    ageOf: (known) => feed.age(known),
    presence: (servers) => presenceFamilies(servers, (known) => feed.serverReasons(known)),
    render,
  });
}

function render(servers: readonly MetricTick<MessageHead>[]): Promise<string> {
  const streams = servers.flatMap(({ known }) => streamsOf(known));
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

type ServerSample = readonly [labels: Readonly<Record<string, string>>, value: number];

/**
 * What is told of a server of which nothing new is known, too. Its age is another each time.
 * @param reasonsOf what is wrong with a server now
 */
function presenceFamilies(
  servers: readonly MetricSubject<MessageHead>[],
  reasonsOf: (known: KnownHead) => readonly Reason[],
): readonly Family[] {
  return [
    {
      type: 'gauge',
      name: 'mediamtx_monitor_server_up',
      help: 'Whether the last poll of the MediaMTX server went well and its data is not stale: 1 or 0.',
      samples: servers.map(({ head, age }) =>
        sample(head, [{}, Number(head.source.status === 'up' && !age.stale)]),
      ),
    },
    {
      type: 'gauge',
      name: 'mediamtx_monitor_server_snapshot_age_seconds',
      help: 'Age of the data of the server; no series when none was ever read.',
      samples: servers.flatMap(({ head, age: { ageMs } }) =>
        ageMs === null ? [] : [sample(head, [{}, ageMs / MS_PER_SECOND])],
      ),
    },
    {
      type: 'gauge',
      name: 'mediamtx_monitor_server_reason',
      help: 'What is wrong with the server itself: always 1, and no series for what is not.',
      samples: servers.flatMap(({ known, head }) =>
        reasonsIn(reasonsOf(known)).map(({ value, labels }) => sample(head, [labels, value])),
      ),
    },
    {
      type: 'gauge',
      name: 'mediamtx_monitor_server_poll_status',
      help: 'How the last poll went: always 1, and no series for the others, nor while nobody polls.',
      samples: servers.flatMap(({ head, age: { stale } }) => {
        const { status } = head.source;
        // Old data after a poll that went well: there was none since.
        return stale && status === 'up' ? [] : [sample(head, [{ status }, 1])];
      }),
    },
  ];
}

/** What is told of servers whose data is fresh. */
function serverFamilies(heads: readonly MessageHead[]): readonly Family[] {
  const family = (
    name: string,
    help: string,
    valuesOf: (head: MessageHead) => readonly ServerSample[],
  ): Family => ({
    type: 'gauge',
    name: `mediamtx_monitor_server_${name}`,
    help,
    samples: heads.flatMap((head) => valuesOf(head).map((value) => sample(head, value))),
  });
  return [
    family('info', 'Version of MediaMTX, where it tells it; always 1.', ({ source: { version } }) =>
      version === null ? [] : [[{ version }, 1]],
    ),
    family('collected_timestamp_seconds', 'When the data of the server was read (Unix time).', (head) =>
      head.collectedAt === null ? [] : [[{}, Date.parse(head.collectedAt) / MS_PER_SECOND]],
    ),
    family('poll_interval_seconds', 'Time between two polls.', (head) => [
      [{}, head.intervalMs / MS_PER_SECOND],
    ]),
    family('simulated', 'Whether the numbers come from the simulator: 1 or 0.', (head) => [
      [{}, Number(head.simulated)],
    ]),
    family('list_missing', 'List that could not be read: always 1, and no series for the others.', (head) =>
      [...new Set(head.missing)].map((list) => [{ list }, 1]),
    ),
    family('readers', 'Readers of all streams.', ({ totals: { readers } }) =>
      readers === null ? [] : [[{}, readers]],
    ),
    family('received_bytes_per_second', 'Media received, of all streams.', ({ totals: { inboundMbps } }) =>
      rate(inboundMbps),
    ),
    family(
      'sent_bytes_per_second',
      'Media sent to readers and forwards, of all streams.',
      ({ totals: { outboundMbps } }) => rate(outboundMbps),
    ),
    family(
      'streams_missing',
      'Streams that MediaMTX does not list, though they are expected or were live.',
      (head) => {
        const { missing = null } = head.totals;
        return missing === null ? [] : [[{}, missing]];
      },
    ),
    family('streams_by_state', 'Listed streams in each state.', ({ totals }) =>
      counts('state', totals.states),
    ),
    family('streams_by_health', 'Streams of each health, missing ones too.', ({ totals }) =>
      counts('health', totals.healths),
    ),
  ];
}

function counts(label: string, numbers: Readonly<Record<string, number>> | null): readonly ServerSample[] {
  return Object.entries(numbers ?? {}).map(([name, count]) => [{ [label]: name }, count]);
}

function rate(mbps: number | null): readonly ServerSample[] {
  return amount(mbps, MBPS_PER_BYTE).map(({ value }) => [{}, value]);
}

function sample(
  { server }: MessageHead,
  [labels, value]: ServerSample,
): readonly [labels: string, value: number] {
  return [labelled({ server, ...labels }), value];
}
