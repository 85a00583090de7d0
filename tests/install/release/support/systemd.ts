import type { Machine } from './machine.ts';

const unitFile = (unit: string): string => `/etc/systemd/system/${unit}.service`;
const dropInFolder = (unit: string): string => `/run/systemd/system/${unit}.service.d`;

/** Starts a service that isn't ours, now and whenever the machine boots. */
export async function addService(machine: Machine, unit: string, command: string): Promise<void> {
  const lines = ['[Service]', `ExecStart=${command}`, '[Install]', 'WantedBy=multi-user.target', ''];
  await machine.write(unitFile(unit), lines.join('\n'));
  await machine.sh(`systemctl daemon-reload && systemctl -q enable --now ${unit}`);
}

export async function removeService(machine: Machine, unit: string): Promise<void> {
  await machine.sh(`systemctl -q disable --now ${unit} && rm ${unitFile(unit)}`);
}

/** Restarts a unit, whether or not it starts. */
export async function restart(machine: Machine, unit: string): Promise<void> {
  await machine.try('systemctl', 'restart', unit);
}

/** Restarts a unit with a line more of its service, until `removeDropIn`. */
export async function dropIn(machine: Machine, unit: string, line: string): Promise<void> {
  await machine.write(`${dropInFolder(unit)}/test.conf`, `[Service]\n${line}\n`);
  await machine.do('systemctl', 'daemon-reload');
  await restart(machine, unit);
}

export async function removeDropIn(machine: Machine, unit: string): Promise<void> {
  await machine.sh(`rm -r ${dropInFolder(unit)}; systemctl daemon-reload; systemctl restart ${unit}`);
}

/** What systemd says of a unit, by the names of its properties. */
export async function properties(
  machine: Machine,
  unit: string,
  ...names: readonly string[]
): Promise<Readonly<Record<string, string>>> {
  const lines = (await machine.do('systemctl', 'show', `--property=${names.join()}`, unit))
    .trim()
    .split('\n');
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

/** The environment that the process of a unit has, as `NAME=value`. */
export async function environmentOf(machine: Machine, unit: string): Promise<readonly string[]> {
  return (await machine.sh(`cat /proc/$(systemctl show -P MainPID ${unit})/environ`)).split('\0');
}

/** What an operator sees of a unit that runs or doesn't. */
export async function status(machine: Machine, unit: string): Promise<string> {
  return (await machine.try('systemctl', 'status', '--no-pager', '--full', unit)).output;
}

/** All that the journal has of a unit. */
export function journal(machine: Machine, unit: string): Promise<string> {
  return machine.do('journalctl', '--no-pager', '--unit', unit);
}
