import { expect } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { type Ended, mustRun, run } from '../../../support/command.ts';

/** Time within which what is waited for has to come; generous, since tests run on busy machines. */
export const PATIENCE_MS = 60_000;

/** What systemd needs to be PID 1 of a container; 32 MiB of /tmp are soon full. */
const SYSTEMD = [
  ...['--cap-add', 'SYS_ADMIN', '--cap-add', 'NET_ADMIN', '--cgroupns=host'],
  ...['--security-opt', 'seccomp=unconfined', '--volume', '/sys/fs/cgroup:/sys/fs/cgroup:rw'],
  ...['--tmpfs', '/run', '--tmpfs', '/run/lock', '--tmpfs', '/tmp:exec,size=32m'],
];

function given(name: 'SYSTEMD_IMAGE' | 'MACHINE_LABEL'): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run these tests with "make test-install"`);
  return value;
}

/** A container of the image of these tests. */
export class Machine {
  readonly #id: string;

  constructor(id: string) {
    this.#id = id;
  }

  /** Runs a command in it; whatever comes of it. */
  try(...command: readonly string[]): Promise<Ended> {
    return run('docker', ['exec', this.#id, ...command]);
  }

  /** As `try`; its standard output. @throws with all it printed when it failed */
  async do(...command: readonly string[]): Promise<string> {
    return (await mustRun('docker', ['exec', this.#id, ...command])).printed;
  }

  /** As `do`, with a script of its shell. */
  sh(script: string): Promise<string> {
    return this.do('sh', '-c', script);
  }

  /** Writes a file, and the folders that it is in. */
  async write(path: string, text: string): Promise<void> {
    await this.do('sh', '-c', 'mkdir -p "$(dirname "$2")" && printf %s "$1" >"$2"', 'sh', text, path);
  }

  /** Copies a file or folder of this machine into it. */
  async copy(from: string, to: string): Promise<void> {
    await mustRun('docker', ['cp', from, `${this.#id}:${to}`]);
  }

  /** Its address, for other containers. */
  async address(): Promise<string> {
    const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';
    return (await mustRun('docker', ['inspect', '--format', format, this.#id])).printed.trim();
  }

  async reboot(): Promise<void> {
    await mustRun('docker', ['restart', this.#id]);
  }

  async remove(): Promise<void> {
    await mustRun('docker', ['rm', '--force', '--volumes', this.#id]);
  }
}

/** Starts a container with these options, which runs the command, or what its image says. */
async function start(options: readonly string[], command: readonly string[]): Promise<Machine> {
  // Who interrupts the tests is freed of it by its label.
  const args = [
    '--detach',
    '--label',
    given('MACHINE_LABEL'),
    ...options,
    given('SYSTEMD_IMAGE'),
    ...command,
  ];
  return new Machine((await mustRun('docker', ['run', ...args])).printed.trim());
}

/** A machine that runs one shell script, and no systemd. */
export function runMachine(script: string, ...args: readonly string[]): Promise<Machine> {
  return start(['--entrypoint', 'sh'], ['-c', script, 'sh', ...args]);
}

/** A machine whose PID 1 is systemd, as soon as it is up. */
export async function bootMachine(): Promise<Machine> {
  const machine = await start(SYSTEMD, []);
  await eventually(async () => {
    expect((await machine.try('systemctl', 'is-system-running')).output).toMatch(/running|degraded/);
  }, PATIENCE_MS);
  return machine;
}
