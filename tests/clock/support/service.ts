import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@mediamtx-monitor/testkit';

/** A built service in a process of its own, whose wall clock can be set. */
export interface RunningService {
  /** Asks `GET /healthz`; an answer that takes longer than a second is none. */
  readonly health: () => Promise<Readonly<Record<string, unknown>>>;
  /** Sets the wall clock by what the service was started with. */
  readonly setClock: () => void;
  /** Sends SIGTERM and waits for the end; its exit code, `null` if it had to be killed. */
  readonly terminate: () => Promise<number | null>;
  /** Ends it in any case. */
  readonly dispose: () => void;
}

const HEALTH_PATIENCE_MS = 1_000;
/** Beyond what a service may take to stop. */
const TERMINATE_PATIENCE_MS = 20_000;

/** Starts a service whose clock will be set by so many ms. */
export async function startService(
  service: string,
  stepMs: number,
  settings: Readonly<Record<string, string>>,
): Promise<RunningService> {
  const main = fileURLToPath(new URL(`../../../services/${service}/dist/main.js`, import.meta.url));
  if (!existsSync(main)) throw new Error(`${main} is missing: run "make build" first`);
  const folder = mkdtempSync(join(tmpdir(), 'clock-test-'));
  const port = String(await freePort());
  const child = spawn(process.execPath, ['--import', new URL('set-clock.js', import.meta.url).href, main], {
    cwd: folder,
    stdio: 'ignore',
    env: { HEALTH_PORT: port, JSON_FILE: '', CLOCK_STEP_MS: String(stepMs), ...settings },
  });
  const exited = once(child, 'exit');
  return {
    health: async () => {
      const signal = AbortSignal.timeout(HEALTH_PATIENCE_MS);
      const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { signal });
      return (await answer.json()) as Readonly<Record<string, unknown>>;
    },
    setClock: () => void child.kill('SIGUSR2'),
    terminate: async () => {
      child.kill('SIGTERM');
      const late = setTimeout(() => void child.kill('SIGKILL'), TERMINATE_PATIENCE_MS);
      await exited;
      clearTimeout(late);
      return child.exitCode;
    },
    dispose: () => {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true });
    },
  };
}
