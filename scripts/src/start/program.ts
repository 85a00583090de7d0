import { spawn } from 'node:child_process';
import type { Environment } from '@mediamtx-monitor/runtime';

/** A program to run, and how. */
export interface Recipe {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Environment;
}

/** How a program ended. */
export interface ProgramExit {
  /** `null` when a signal ended it, or it could not be run at all. */
  readonly code: number | null;
  readonly signal: string | null;
  /** Why it could not be run; `null` when it could. */
  readonly failure: string | null;
  /** The end of what it printed, where that was kept; otherwise ''. */
  readonly said: string;
}

/** Where the lines of a program go: to ours, nowhere, or into its `ProgramExit`. */
export type ProgramOutput = 'inherit' | 'ignore' | 'keep';

/** A program that was started here. */
export interface StartedProgram {
  readonly name: string;
  readonly ended: Promise<ProgramExit>;
  /** Asks it to end (SIGTERM), makes it end (SIGKILL) after the deadline, and resolves when it has. */
  readonly stop: (deadlineMs: number) => Promise<void>;
  /** Ends it at once. */
  readonly kill: () => void;
}

/** Has the kernel ask a program to end when this process is gone, even by SIGKILL; there is no such thing elsewhere. */
const TIED = process.platform === 'linux' ? ['setpriv', '--pdeathsig', 'TERM', '--'] : [];

const KEPT_CHARS = 8_000;

/**
 * Starts a program in a process group of its own, so that the terminal's Ctrl-C reaches the start only, which
 * then stops its programs in order.
 */
export function launch(recipe: Recipe, output: ProgramOutput): StartedProgram {
  const [command = '', ...args] = [...TIED, recipe.command, ...recipe.args];
  const goesTo = output === 'keep' ? 'pipe' : output;
  const child = spawn(command, args, {
    env: recipe.env,
    detached: true,
    stdio: ['ignore', goesTo, goesTo],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      said = (said + chunk).slice(-KEPT_CHARS);
    });
  }
  let running = true;
  const ended = new Promise<ProgramExit>((resolve) => {
    child.once('error', (error) => {
      resolve({ code: null, signal: null, failure: error.message, said });
    });
    child.once('close', (code, signal) => {
      resolve({ code, signal, failure: null, said });
    });
  }).finally(() => {
    running = false;
  });
  return {
    name: recipe.name,
    ended,
    stop: async (deadlineMs) => {
      if (!running) return;
      child.kill('SIGTERM');
      const deadline = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
      await ended;
      clearTimeout(deadline);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
