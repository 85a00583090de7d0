import { expect, test } from '@jest/globals';
import { eventually, hostRecord, promtoolComplaints, prometheusTest } from '@mediamtx-monitor/testkit';
import type { HostRecord, HostsHead } from '@mediamtx-monitor/types';
import { hostsHeadOf } from '../publisher.ts';
import { namesOf, samplesOf, type ServedMetrics, serveMetrics } from './serving.ts';

const PATH = '/metrics/streams';
const HOST = 'mediamtx_monitor_host_';

async function publish(
  { publisher, feed }: ServedMetrics,
  head: Partial<HostsHead> = {},
  record: Partial<HostRecord> = {},
): Promise<void> {
  const full = hostsHeadOf(head);
  await publisher.publishHost(full, record);
  await eventually(() => {
    expect(feed.hosts.newest('hosts', full.host)?.head).toStrictEqual(full);
  });
}

async function hostSamples(served: ServedMetrics): Promise<Record<string, unknown>> {
  const metrics = await served.read(PATH);
  return Object.fromEntries(
    namesOf(metrics, HOST).map((name) => [name, samplesOf(metrics, `${HOST}${name}`)]),
  );
}

test('tells of each host, in base units', async () => {
  const served = await serveMetrics();
  await publish(served, {}, { health: 'ok' });
  served.clock.advance(1_500);
  const host = { host: 'media-1' };
  const disk = { ...host, mount: '/', device: '/dev/vda', type: 'ext4' };
  const eth0 = { ...host, interface: 'eth0' };
  const process = { ...host, pid: '812' };
  expect(await hostSamples(served)).toStrictEqual({
    up: [[host, 1]],
    data_age_seconds: [[host, 1.5]],
    health: [[{ ...host, health: 'ok' }, 1]],
    info: [[{ ...host, os: 'Debian GNU/Linux 12 (bookworm)', kernel: '6.1.0-21-arm64' }, 1]],
    uptime_seconds: [[host, 14_681.51]],
    cpu_cores: [[host, 2]],
    cpu_usage_ratio: [[host, 0.431]],
    cpu_mode_ratio: [
      [{ ...host, mode: 'user' }, 0.382],
      [{ ...host, mode: 'system' }, 0.049],
      [{ ...host, mode: 'iowait' }, 0.004],
      [{ ...host, mode: 'steal' }, 0],
    ],
    cpu_core_usage_ratio: [[{ ...host, core: '0' }, 0.402]],
    load1: [[host, 2.95]],
    load5: [[host, 4.55]],
    load15: [[host, 4.96]],
    memory_size_bytes: [[host, 2 ** 34]],
    memory_available_bytes: [[host, 2 ** 33]],
    swap_size_bytes: [[host, 0]],
    swap_used_bytes: [[host, 0]],
    disk_size_bytes: [[disk, 1e15]],
    disk_used_bytes: [[disk, 4e14]],
    disk_free_bytes: [[disk, 6e14]],
    disk_inodes: [[disk, 61_054_976]],
    disk_free_inodes: [[disk, 60_000_000]],
    network_received_bytes_per_second: [[eth0, 101_550_000]],
    network_sent_bytes_per_second: [[eth0, 237_501_500]],
    network_received_errors_per_second: [[eth0, 0]],
    network_sent_errors_per_second: [[eth0, 0]],
    network_received_drops_per_second: [[eth0, 0.2]],
    network_sent_drops_per_second: [[eth0, 0]],
    temperature_celsius: [[host, -12.5]],
    mediamtx_processes: [[host, 1]],
    mediamtx_start_timestamp_seconds: [[process, 1_767_225_600]],
    mediamtx_cpu_ratio: [[process, 3.125]],
    mediamtx_resident_memory_bytes: [[process, 48_320_512]],
    mediamtx_threads: [[process, 9]],
    mediamtx_open_files: [[process, 28]],
  });
});

test('tells nothing of what can’t be seen, and of no process that there is none', async () => {
  const served = await serveMetrics();
  const { cpu, memory, swap, network } = hostRecord();
  const unseen = (fields: object): object =>
    Object.fromEntries(Object.keys(fields).map((name) => [name, null]));
  const groups = { cpu, memory, swap, network };
  await publish(
    served,
    {},
    {
      ...Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, unseen(group)])),
      ...{ os: null, kernel: null, uptimeSeconds: null, load1: null, load5: null, load15: null },
      ...{ disks: null, temperatureCelsius: null, mediamtx: [] },
    },
  );
  const host = { host: 'media-1' };
  expect(await hostSamples(served)).toStrictEqual({
    up: [[host, 1]],
    data_age_seconds: [[host, 0]],
    info: [[host, 1]],
    mediamtx_processes: [[host, 0]],
  });
});

test('tells of a stale host only that it isn’t up, and its age; of the others everything', async () => {
  const served = await serveMetrics();
  await publish(served, { host: 'old' });
  served.clock.advance(15_001);
  await publish(served, { host: 'fresh' });
  const metrics = await served.read(PATH);
  expect(samplesOf(metrics, `${HOST}up`)).toStrictEqual([
    [{ host: 'fresh' }, 1],
    [{ host: 'old' }, 0],
  ]);
  expect(samplesOf(metrics, `${HOST}data_age_seconds`)).toStrictEqual([
    [{ host: 'fresh' }, 0],
    [{ host: 'old' }, 15.001],
  ]);
  expect(samplesOf(metrics, `${HOST}load1`)).toStrictEqual([[{ host: 'fresh' }, 2.95]]);
});

prometheusTest<typeof test.skip>(
  'promtool',
  test,
  test.skip,
)('promtool complains of nothing', async () => {
  const served = await serveMetrics();
  await publish(served, {}, { os: 'a "quoted"\\name' });
  const text = await (await fetch(`${served.url}${PATH}`)).text();
  expect(text).toContain(HOST);
  expect(promtoolComplaints(text)).toBe('');
});
