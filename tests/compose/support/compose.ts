import type { Environment } from '@mediamtx-monitor/runtime';
import { eventually } from '@mediamtx-monitor/testkit';
import { type Ended, mustRun, run } from '../../support/command.ts';

/** A container as `docker compose ps` shows it. */
export interface Container {
  readonly id: string;
  readonly service: string;
  readonly state: string;
  readonly health: string;
  /** Ports of this machine that lead to it. */
  readonly published: readonly string[];
}

/** Opens the debugger of the Node that runs, and has it run for ever. */
const HANG = `
for process in /proc/[0-9]*; do
  if [[ $(readlink "$process/exe") == */node ]]; then kill -USR1 "\${process#/proc/}"; fi
done
sleep 1
node --experimental-websocket --input-type=module -e '
  const [target] = await (await fetch("http://127.0.0.1:9229/json/list")).json();
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  const params = { expression: "for (;;);" };
  socket.onopen = () => socket.send(JSON.stringify({ id: 1, method: "Runtime.evaluate", params }));
  setTimeout(() => process.exit(0), 1000);
'`;

interface PsLine {
  readonly ID: string;
  readonly Service: string;
  readonly State: string;
  readonly Health: string;
  readonly Publishers: readonly { readonly URL: string; readonly PublishedPort: number }[] | null;
}

/** The project of compose.yaml, under an environment of its own. */
export class Compose {
  readonly env: Environment;

  constructor(env: Environment) {
    this.env = env;
  }

  /** `docker compose` with these arguments; whatever comes of it. */
  try(...args: readonly string[]): Promise<Ended> {
    return run('docker', ['compose', ...args], this.env);
  }

  /** As `try`. @throws with all it printed when it failed */
  async do(...args: readonly string[]): Promise<string> {
    return (await mustRun('docker', ['compose', ...args], this.env)).output;
  }

  /** All containers that run, or only those of one service. */
  async containers(service?: string): Promise<readonly Container[]> {
    const filter = service === undefined ? [] : [service];
    const lines = (await this.do('ps', '--format', 'json', '--no-trunc', ...filter)).trim().split('\n');
    return lines
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as PsLine)
      .map(({ ID, Service, State, Health, Publishers }) => ({
        id: ID,
        service: Service,
        state: State,
        health: Health,
        published: (Publishers ?? [])
          .filter(({ PublishedPort }) => PublishedPort > 0)
          .map(({ URL, PublishedPort }) => `${URL}:${PublishedPort}`),
      }));
  }

  /** What a service has logged. */
  logs(service: string): Promise<string> {
    return this.do('logs', '--no-color', '--no-log-prefix', service);
  }

  /** Makes all processes of a container crash, and waits until its restart policy has started it again. */
  async crash({ id }: Container): Promise<void> {
    const startedAt = async (): Promise<string> =>
      (await run('docker', ['inspect', '--format', '{{.State.StartedAt}} {{.State.Status}}', id], this.env))
        .output;
    const before = await startedAt();
    await run('docker', ['exec', id, 'bash', '-c', 'kill -9 -1'], this.env);
    await eventually(async () => {
      const now = await startedAt();
      if (now === before || !now.includes('running')) throw new Error(`${id} has not crashed: ${now}`);
    });
  }

  /** Makes Node's event loop in a container stand still for ever, by its own debugger. */
  async hang(container: Container | undefined): Promise<void> {
    const { code, output } = await run('docker', ['exec', container?.id ?? '', 'bash', '-c', HANG], this.env);
    if (code !== 0) throw new Error(`it could not be made to hang: ${output}`);
  }
}
