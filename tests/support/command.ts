import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Environment } from '@mediamtx-monitor/runtime';

/** The project's folder, in which commands run. */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** How a command ended, and all it printed. */
export interface Ended {
  readonly code: number | null;
  /** Standard output and standard error. */
  readonly output: string;
  /** Standard output alone. */
  readonly printed: string;
}

/** Runs a command to its end; its output isn't shown. */
export function run(
  command: string,
  args: readonly string[],
  env: Environment = process.env,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let printed = '';
    child.stdout.on('data', (text: Buffer) => {
      output += text.toString();
      printed += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => (output += text.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, output, printed });
    });
  });
}

/** As `run`. @throws with all it printed when it failed */
export async function mustRun(
  command: string,
  args: readonly string[],
  env: Environment = process.env,
): Promise<Ended> {
  const ended = await run(command, args, env);
  if (ended.code !== 0) {
    throw new Error(`${[command, ...args].join(' ')}: exit code ${ended.code}\n${ended.output}`);
  }
  return ended;
}
