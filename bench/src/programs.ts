import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A program of the bench, ended by `end`. */
export interface Program {
  readonly pid: number;
  readonly end: () => Promise<void>;
}

/** What a bench needs of a child process. */
export function program(child: ChildProcess): Program {
  const { pid } = child;
  if (pid === undefined) throw new Error(`${child.spawnfile} can't be started`);
  return {
    pid,
    end: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

export interface SimulatorProgram extends Program {
  readonly url: string;
  /** Requests so far, over all lists. */
  readonly requests: () => Promise<number>;
}

export async function startSimulatorProgram(streams: number): Promise<SimulatorProgram> {
  const child = fork(here('./simulator-process.js'), [String(streams)]);
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  return {
    ...program(child),
    url,
    requests: async () => {
      child.send('requests');
      const [{ requests }] = (await once(child, 'message')) as [{ requests: Record<string, number> }];
      return Object.values(requests).reduce((sum, count) => sum + count, 0);
    },
  };
}

/** Starts a node program of ours with these settings and nothing else from the environment. */
export function startNode(
  script: string,
  flags: readonly string[],
  settings: Record<string, string>,
): Program {
  const env = { PATH: process.env['PATH'], ...settings };
  return program(
    spawn(process.execPath, [...flags, here(script)], { env, stdio: ['ignore', 'ignore', 'inherit'] }),
  );
}
