import type { MessageHead, Reason } from '@mediamtx-monitor/types';
import type { Tick } from '../tick/index.ts';
import { type Family, labelled } from './exposition.ts';
import type { Known } from './fleet-metrics.ts';
import { reasonsIn } from './record-families.ts';

type Value = readonly [labels: Readonly<Record<string, string>>, value: number];

/**
 * What is told of a server of which nothing new is known, too. Its age is another each time.
 * @param reasonsOf what is wrong with a server now
 */
export function presenceFamilies(
  servers: readonly Known<MessageHead>[],
  reasonsOf: (tick: Tick) => readonly Reason[],
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
        ageMs === null ? [] : [sample(head, [{}, ageMs / 1_000])],
      ),
    },
    {
      type: 'gauge',
      name: 'mediamtx_monitor_server_reason',
      help: 'What is wrong with the server itself: always 1, and no series for what is not.',
      samples: servers.flatMap(({ tick, head }) =>
        reasonsIn(reasonsOf(tick)).map(({ value, labels }) => sample(head, [labels, value])),
      ),
    },
  ];
}

/** What is told of servers whose data is fresh. */
export function serverFamilies(heads: readonly MessageHead[]): readonly Family[] {
  const family = (name: string, help: string, valuesOf: (head: MessageHead) => readonly Value[]): Family => ({
    type: 'gauge',
    name: `mediamtx_monitor_server_${name}`,
    help,
    samples: heads.flatMap((head) => valuesOf(head).map((value) => sample(head, value))),
  });
  return [
    family('info', 'Version of MediaMTX, where it tells it; always 1.', ({ source: { version } }) =>
      version === null ? [] : [[{ version }, 1]],
    ),
    family('poll_status', 'How the last poll went: always 1, and no series for the others.', (head) => [
      [{ status: head.source.status }, 1],
    ]),
    family('poll_interval_seconds', 'Time between two polls.', (head) => [[{}, head.intervalMs / 1_000]]),
    family('simulated', 'Whether the numbers come from the simulator: 1 or 0.', (head) => [
      [{}, Number(head.simulated)],
    ]),
    family('list_missing', 'List that could not be read: always 1, and no series for the others.', (head) =>
      [...new Set(head.missing)].map((list) => [{ list }, 1]),
    ),
    family('readers', 'Readers of all streams.', ({ totals: { readers } }) =>
      readers === null ? [] : [[{}, readers]],
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

function counts(label: string, numbers: Readonly<Record<string, number>> | null): readonly Value[] {
  return Object.entries(numbers ?? {}).map(([name, count]) => [{ [label]: name }, count]);
}

function sample({ server }: MessageHead, [labels, value]: Value): readonly [labels: string, value: number] {
  return [labelled({ server, ...labels }), value];
}
