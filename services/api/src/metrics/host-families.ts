import { MBPS_PER_BYTE } from '@mediamtx-monitor/types';
import type { RecordFields } from '../tick/index.ts';
import {
  amount,
  fieldsOf,
  itemsOf,
  labelSample,
  listOf,
  type RecordFamily,
  type RecordSample,
} from './record-families.ts';

/** What the names of all metrics of hosts begin with. */
export const HOST_PREFIX = 'mediamtx_monitor_host_';

const PERCENT_PER_ONE = 100;
const MS_PER_SECOND = 1_000;

type SamplesOf = RecordFamily['samplesOf'];
type Labels = Readonly<Record<string, string>>;

const gauge = (name: string, help: string, samplesOf: SamplesOf): RecordFamily => ({
  type: 'gauge',
  name: `${HOST_PREFIX}${name}`,
  help,
  samplesOf,
});

/** A number of the record, or of an object in it. */
const numberIn =
  (group: string | null, member: string, divisor?: number): SamplesOf =>
  (record) =>
    amount((group === null ? record : fieldsOf(record[group]))[member], divisor);

/** A number of each item in a list, told apart by labels. */
const numberOfEach =
  (
    listOf: (record: RecordFields) => unknown,
    labelsOf: (item: RecordFields) => Labels,
    member: string,
    divisor?: number,
  ): SamplesOf =>
  (record) =>
    itemsOf(listOf(record)).flatMap((item) => labelledWith(labelsOf(item), amount(item[member], divisor)));

const ofDisk = (member: string): SamplesOf =>
  numberOfEach(
    ({ disks }) => disks,
    ({ mount, device, type }) => ({ mount: String(mount), device: String(device), type: String(type) }),
    member,
  );
const ofInterface = (member: string, divisor?: number): SamplesOf =>
  numberOfEach(
    ({ network }) => fieldsOf(network)['interfaces'],
    ({ name }) => ({ interface: String(name) }),
    member,
    divisor,
  );
const pidOf = ({ pid }: RecordFields): Labels => ({ pid: String(pid) });
const ofProcess = (member: string, divisor?: number): SamplesOf =>
  numberOfEach(({ mediamtx }) => mediamtx, pidOf, member, divisor);

/** Of hosts whose data is fresh. */
export const HOST_FAMILIES: readonly RecordFamily[] = [
  gauge('info', 'Operating system and kernel, where they are known; always 1.', ({ os, kernel }) => [
    { value: 1, labels: textsIn({ os, kernel }) },
  ]),
  gauge(
    'health',
    'Health of the host: always 1, and no series for the other healths; none of agents before 0.2.',
    ({ health }) => labelSample('health', health),
  ),
  gauge('uptime_seconds', 'Time since the host was started.', numberIn(null, 'uptimeSeconds')),
  gauge('cpu_cores', 'Cores that are online.', numberIn('cpu', 'cores')),
  gauge(
    'cpu_usage_ratio',
    'Processor time that was not idle, of all cores together.',
    numberIn('cpu', 'percent', PERCENT_PER_ONE),
  ),
  gauge('cpu_mode_ratio', 'Processor time by mode: user, system, iowait or steal.', ({ cpu }) =>
    ['user', 'system', 'iowait', 'steal'].flatMap((mode) =>
      labelledWith({ mode }, amount(fieldsOf(cpu)[`${mode}Percent`], PERCENT_PER_ONE)),
    ),
  ),
  gauge('cpu_core_usage_ratio', 'Processor time that was not idle, of each core.', ({ cpu }) =>
    listOf(fieldsOf(cpu)['corePercents']).flatMap((percent, core) =>
      labelledWith({ core: String(core) }, amount(percent, PERCENT_PER_ONE)),
    ),
  ),
  ...[1, 5, 15].map((minutes) =>
    gauge(
      `load${minutes}`,
      `Processes that ran or waited to run, on average over ${minutes} min.`,
      numberIn(null, `load${minutes}`),
    ),
  ),
  gauge('memory_size_bytes', 'Memory of the host.', numberIn('memory', 'totalBytes')),
  gauge(
    'memory_available_bytes',
    'Memory that programs could still get without swapping.',
    numberIn('memory', 'availableBytes'),
  ),
  gauge('swap_size_bytes', 'Swap; 0 where there is none.', numberIn('swap', 'totalBytes')),
  gauge('swap_used_bytes', 'Swap that is in use.', numberIn('swap', 'usedBytes')),
  gauge('disk_size_bytes', 'Size of the file system.', ofDisk('sizeBytes')),
  gauge('disk_used_bytes', 'What is occupied of the file system.', ofDisk('usedBytes')),
  gauge('disk_free_bytes', 'What programs without special rights can still write.', ofDisk('freeBytes')),
  gauge('disk_inodes', 'Files there can be; no series without a limit.', ofDisk('inodes')),
  gauge('disk_free_inodes', 'Files that can still be made; no series without a limit.', ofDisk('freeInodes')),
  gauge(
    'network_received_bytes_per_second',
    'Traffic received by the interface.',
    ofInterface('inboundMbps', MBPS_PER_BYTE),
  ),
  gauge(
    'network_sent_bytes_per_second',
    'Traffic sent by the interface.',
    ofInterface('outboundMbps', MBPS_PER_BYTE),
  ),
  gauge(
    'network_received_errors_per_second',
    'Damaged packets received.',
    ofInterface('inboundErrorsPerSecond'),
  ),
  gauge(
    'network_sent_errors_per_second',
    'Packets that could not be sent.',
    ofInterface('outboundErrorsPerSecond'),
  ),
  gauge(
    'network_received_drops_per_second',
    'Packets received and thrown away.',
    ofInterface('inboundDropsPerSecond'),
  ),
  gauge(
    'network_sent_drops_per_second',
    'Packets thrown away instead of sent.',
    ofInterface('outboundDropsPerSecond'),
  ),
  gauge('temperature_celsius', 'The hottest of its sensors.', numberIn(null, 'temperatureCelsius')),
  gauge('mediamtx_processes', 'MediaMTX processes on the host.', ({ mediamtx }) =>
    Array.isArray(mediamtx) ? [{ value: mediamtx.length }] : [],
  ),
  gauge(
    'mediamtx_start_timestamp_seconds',
    'When the MediaMTX process was started (Unix time).',
    ({ mediamtx }) =>
      itemsOf(mediamtx).flatMap((item) =>
        labelledWith(pidOf(item), amount(Date.parse(String(item['startedAt'])), MS_PER_SECOND)),
      ),
  ),
  gauge(
    'mediamtx_cpu_ratio',
    'Processor time of the MediaMTX process, of one core; may be above 1.',
    ofProcess('cpuPercent', PERCENT_PER_ONE),
  ),
  gauge('mediamtx_resident_memory_bytes', 'Memory of the MediaMTX process.', ofProcess('memoryBytes')),
  gauge('mediamtx_threads', 'Threads of the MediaMTX process.', ofProcess('threads')),
  gauge(
    'mediamtx_open_files',
    'Files and sockets that the MediaMTX process holds open.',
    ofProcess('openFiles'),
  ),
];

function textsIn(values: RecordFields): Labels {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

function labelledWith(labels: Labels, samples: readonly RecordSample[]): readonly RecordSample[] {
  return samples.map((sample) => ({ ...sample, labels }));
}
