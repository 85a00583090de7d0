import { expect } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { StreamRecord } from '@mediamtx-monitor/types';
import { type Ended, mustRun } from '../../../support/command.ts';
import { saw } from '../../../support/say.ts';
import { bootMachine, type Machine, PATIENCE_MS } from './machine.ts';
import { addService, removeService } from './systemd.ts';

/** What systemd starts. */
export const UNITS = [
  'mediamtx-collector',
  'mediamtx-api',
  'host-metrics-agent',
  'mediamtx-alerter',
] as const;
export const HOME = '/opt/mediamtx-monitoring-backend';
export const SETTINGS = '/etc/mediamtx-monitoring.env';
export const TICKET_KEY = '/etc/mediamtx-monitoring.ticket-key';

/** A machine with a release in /root, and with a Redis that doesn't run. */
export async function bootEquipped(): Promise<Machine> {
  const machine = await bootMachine();
  const facts = 'echo "$PRETTY_NAME, Node $(node --version), $(systemctl --version | head -n 1)"';
  saw(await machine.sh(`. /etc/os-release; ${facts}`));
  // Debian's unit of Redis has PrivateUsers, which containers refuse.
  const dropIn = '/etc/systemd/system/redis-server.service.d/container.conf';
  await machine.write(dropIn, '[Service]\nPrivateUsers=no\n');
  // Started once, it has made what it leaves behind.
  await machine.sh(
    'systemctl daemon-reload && systemctl restart redis-server && systemctl stop redis-server',
  );
  await machine.copy('dist/release/.', '/root/release');
  return machine;
}

/** A machine on which everything is installed and works. */
export async function bootInstalled(): Promise<Machine> {
  const machine = await bootEquipped();
  await machine.do('systemctl', 'start', 'redis-server');
  await startSource(machine);
  await machine.do('make', '-C', '/root/release', 'install');
  await answersData(machine);
  return machine;
}

/** Starts what the collector watches: the real MediaMTX where one is named, else the simulator. */
export async function startSource(machine: Machine): Promise<void> {
  const mediamtx = process.env['MEDIAMTX_BIN'];
  if (mediamtx === undefined) {
    await machine.copy('dist/simulator/.', '/usr/local/lib/simulator');
    const main = '/usr/local/lib/simulator/packages/simulator/dist/main.js';
    await addService(machine, 'mediamtx', `/usr/local/bin/node ${main}`);
    saw('source: the simulator (MEDIAMTX_BIN names no MediaMTX)');
  } else {
    await machine.copy(mediamtx, '/usr/local/bin/mediamtx');
    await machine.write('/etc/mediamtx.yml', 'api: yes\npaths:\n  studio:\n');
    await addService(machine, 'mediamtx', '/usr/local/bin/mediamtx /etc/mediamtx.yml');
    saw(`source: MediaMTX ${(await mustRun(mediamtx, ['--version'])).printed}`);
  }
}

/** Takes away all of it that could be taken for something of ours. */
export async function removeSource(machine: Machine): Promise<void> {
  await removeService(machine, 'mediamtx');
  const files = '/etc/mediamtx.yml /auto.crt /auto.key /usr/local/bin/mediamtx /usr/local/lib/simulator';
  await machine.sh(`rm -rf ${files}`);
}

/** `make`, in one of the releases that are in /root; whatever comes of it. */
export function make(machine: Machine, release: string, ...args: readonly string[]): Promise<Ended> {
  return machine.try('make', '--no-print-directory', '-C', `/root/${release}`, ...args);
}

/** What the API answers on the machine itself, headers first. */
export async function ask(machine: Machine, path: string): Promise<string> {
  return machine.do('curl', '--silent', '--include', '--max-time', '2', `http://127.0.0.1:8000${path}`);
}

/** Waits until the API answers data that a collector and Redis have just brought; their names. */
export function answersData(machine: Machine): Promise<readonly string[]> {
  return eventually(async () => {
    const [head = '', body = ''] = (await ask(machine, '/api/streams/latest')).split('\r\n\r\n');
    expect(head).toMatch(/^x-snapshot-stale: false$/im);
    const streams = JSON.parse(body) as readonly StreamRecord[];
    expect(streams).not.toHaveLength(0);
    return streams.map(({ name }) => name);
  }, PATIENCE_MS);
}

export const setLine = (machine: Machine, line: string): Promise<string> =>
  machine.sh(`echo '${line}' >>${SETTINGS}`);

export const unsetLine = (machine: Machine, name: string): Promise<string> =>
  machine.sh(`sed -i '/^${name}=/d' ${SETTINGS}`);

/** Everything that an installation could leave or change, but for what the system itself keeps writing. */
export async function everything(machine: Machine): Promise<readonly string[]> {
  const pruned =
    '/proc /sys /dev /run /root /var/log /var/lib/systemd /var/lib/apt /var/lib/redis /var/backups /var/cache'
      .split(' ')
      .map((path) => `-path ${path}`)
      .join(' -o ');
  const found = await machine.sh(
    `find / -xdev \\( ${pruned} \\) -prune -o -print; find /tmp; cat /etc/passwd /etc/group; ls /run/systemd/system`,
  );
  return found
    .split('\n')
    .filter((line) => !/\/tmp\/(systemd-private|namespace-dev)/.test(line))
    .sort();
}

/** Command lines of the processes of an installation. */
export async function processes(machine: Machine): Promise<readonly string[]> {
  // The brackets keep it from finding itself.
  const found = await machine.try(
    'sh',
    '-c',
    "grep -ahs 'mediamtx-monitoring[-]backend' /proc/[0-9]*/cmdline",
  );
  return found.printed.split('\n').filter((line) => line !== '');
}
