import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFakeClock, eventually, type FakeClock } from '@mediamtx-monitor/testkit';
import { type HostFacts, HostReader, type HostReaderOptions } from '../src/host.ts';
import { ARM_BOARD } from './support/arm-board.ts';
import { UNSEEN } from './support/observations.ts';
import { growTree, type GrownTree } from './support/tree.ts';
import { VIRTUAL_MACHINE } from './support/virtual-machine.ts';

let tree: GrownTree;
let clock: FakeClock;
beforeEach(() => {
  tree = growTree(VIRTUAL_MACHINE);
  clock = createFakeClock();
});
afterEach(() => {
  tree.fell();
});

/** A reader of the tree, which is "mounted" at its place. */
function reader(options: Partial<HostReaderOptions> = {}): HostReader {
  tree.write({
    'own-mounts': `/dev/vda ${tree.root} ext4 ro 0 0\nnas:/gone ${tree.root}/mnt/gone nfs4 rw 0 0\n`,
  });
  return new HostReader({
    root: tree.root,
    sees: 'host',
    timeoutMs: 60_000,
    monotonicMs: clock.monotonicMs,
    mountsFile: join(tree.root, 'own-mounts'),
    ...options,
  });
}

test('a virtual machine, seen from a container', async () => {
  const seen = await reader().read();
  expect(seen).toMatchObject({
    atMs: 1_000,
    os: 'Debian GNU/Linux 12 (bookworm)',
    kernel: '6.18.44-fc-v595',
    uptimeSeconds: 14_681.51,
    cpu: { bootedAtMs: 1_795_371_685_000 },
    load: { load1: 2.95, load5: 4.55, load15: 4.96 },
    memory: { totalBytes: 25_276_514_304 },
    interfaces: [{ name: 'eth0', inboundBytes: 628_594_257 }],
    temperatureCelsius: null,
    mediamtx: [{ pid: 2_685, cpuTicks: 1_560, threads: 9, memoryBytes: 48_320_512 }],
  });
  const { blocks, bsize } = statfsSync(tree.root);
  expect(seen.disks).toStrictEqual([
    { device: '/dev/vda', mount: '/', type: 'ext4', sizes: expect.objectContaining({ blocks, bsize }) },
    { device: 'nas:/gone', mount: '/mnt/gone', type: 'nfs4', sizes: null },
  ]);
});

test('a board: the hottest of its sensors, its interfaces with a device, no MediaMTX', async () => {
  tree.fell();
  tree = growTree(ARM_BOARD);
  const { os, temperatureCelsius, interfaces, mediamtx } = await reader().read();
  expect(os).toBe('Raspbian GNU/Linux');
  expect(temperatureCelsius).toBe(49.85);
  expect(interfaces?.map(({ name }) => name)).toStrictEqual(['eth0', 'wlan0']);
  expect(mediamtx).toStrictEqual([]);
});

test('an interface whose master has a device is counted there', async () => {
  tree.write({
    'sys/class/net/lo/device/uevent': '',
    'sys/class/net/eth0/master/device/uevent': 'DRIVER=hv_netvsc\n',
  });
  expect((await reader().read()).interfaces?.map(({ name }) => name)).toStrictEqual(['lo']);
});

describe('what can’t be seen is unknown, and nothing else', () => {
  const cases: readonly (readonly [string, Partial<HostFacts>])[] = [
    ['usr/lib/os-release', { os: null }],
    ['proc/sys/kernel/osrelease', { kernel: null }],
    ['proc/uptime', { uptimeSeconds: null }],
    ['proc/stat', { cpu: UNSEEN.cpu }],
    ['proc/loadavg', { load: UNSEEN.load }],
    ['proc/meminfo', { memory: UNSEEN.memory }],
    ['proc/1/net/dev', { interfaces: null }],
    ['own-mounts', { disks: null }],
    ['proc/1/comm', { mediamtx: null }],
  ];

  test.each(cases)('%s', async (path, unknown) => {
    const whole = await reader().read();
    expect(whole).not.toMatchObject(unknown);
    const host = reader();
    tree.cut(path);
    expect({ ...(await host.read()), disks: null }).toStrictEqual({ ...whole, ...unknown, disks: null });
    if (path === 'own-mounts') expect((await host.read()).disks).toBeNull();
  });

  test('nothing at all', async () => {
    const host = reader({ root: join(tree.root, 'nowhere') });
    expect(await host.read()).toStrictEqual({ ...UNSEEN, disks: [] });
    tree.cut('own-mounts');
    expect(await host.read()).toStrictEqual(UNSEEN);
  });

  test('a container knows of its host what all its processes share', async () => {
    const whole = await reader().read();
    expect(await reader({ sees: 'container' }).read()).toStrictEqual({
      ...whole,
      os: null,
      disks: null,
      interfaces: null,
      mediamtx: null,
    });
  });
});

test('sensors, devices and the system are looked for once a minute', async () => {
  const host = reader();
  await host.read();
  tree.write({
    'sys/class/thermal/thermal_zone0/temp': '51000\n',
    'usr/lib/os-release': 'PRETTY_NAME=Debian 13\n',
  });
  clock.advance(59_999);
  expect(await host.read()).toMatchObject({ temperatureCelsius: null, os: 'Debian GNU/Linux 12 (bookworm)' });
  clock.advance(1);
  expect(await host.read()).toMatchObject({ temperatureCelsius: 51, os: 'Debian 13' });
});

test('of a chip the first sensor counts', async () => {
  tree.write({
    'sys/class/hwmon/hwmon0/temp2_input': '40000\n',
    'sys/class/hwmon/hwmon0/temp3_input': '90000\n',
    'sys/class/hwmon/hwmon1/temp1_input': '-128000\n',
    'sys/class/hwmon/hwmon2/name': 'fan\n',
  });
  expect((await reader().read()).temperatureCelsius).toBe(40);
});

test('a sensor that doesn’t answer holds nothing up', async () => {
  tree.write({ 'sys/class/thermal/thermal_zone0/type': 'stuck\n' });
  const stuck = join(tree.root, 'sys/class/thermal/thermal_zone0/temp');
  // Who opens a named pipe waits until somebody writes into it.
  expect(spawnSync('mkfifo', [stuck]).status).toBe(0);
  const host = reader({ timeoutMs: 200 });
  try {
    // More looks than there are threads to be held up.
    for (let look = 0; look < 6; look += 1) {
      expect(await host.read()).toMatchObject({ temperatureCelsius: null, uptimeSeconds: 14_681.51 });
    }
    await eventually(async () => {
      expect((await host.read()).disks?.[0]?.sizes).toMatchObject({ bsize: statfsSync(tree.root).bsize });
    });
  } finally {
    closeSync(openSync(stuck, constants.O_WRONLY | constants.O_NONBLOCK));
  }
  // Once it has answered it is asked again.
  tree.cut('sys/class/thermal/thermal_zone0/temp');
  tree.write({ 'sys/class/thermal/thermal_zone0/temp': '45000\n' });
  await eventually(async () => {
    expect((await host.read()).temperatureCelsius).toBe(45);
  });
});
