import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program that runs. */
export interface Running {
  /** What it has printed so far. */
  readonly output: () => string;
  /** @throws when it has ended, with what it printed */
  readonly mustRun: () => void;
  /** Freezes it (SIGSTOP): it holds its sockets and does nothing. `thaw` or an end follows. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** Ends it at once (SIGKILL), so that it says goodbye to nobody, and waits until it has ended. */
  readonly kill: () => Promise<void>;
  /** Ends it and waits until it has ended; after 10 s it is made to. */
  readonly stop: () => Promise<void>;
}

const STOP_DEADLINE_MS = 10_000;

/** Runs a program. Only what `env` holds, and PATH, is in its environment. */
export function run(command: string, args: readonly string[], env: Record<string, string> = {}): Running {
  let output = '';
  let failure: string | null = null;
  let frozen = false;
  const child = spawn(command, args, {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const take = (chunk: string): void => {
    output += chunk;
  };
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);
  child.on('error', (error) => {
    failure = error.message;
  });
  const hasEnded = (): boolean => failure !== null || child.exitCode !== null || child.signalCode !== null;
  return {
    output: () => output,
    mustRun: () => {
      if (hasEnded()) throw new Error(`${command} ended: ${failure ?? ''}\n${output}`);
    },
    freeze: () => {
      frozen = true;
      child.kill('SIGSTOP');
    },
    thaw: () => {
      frozen = false;
      child.kill('SIGCONT');
    },
    kill: async () => {
      if (hasEnded()) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    stop: async () => {
      if (hasEnded()) return;
      const gone = once(child, 'exit');
      // What is frozen hears no SIGTERM.
      child.kill(frozen ? 'SIGKILL' : 'SIGTERM');
      const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
      await gone;
      clearTimeout(deadline);
    },
  };
}
