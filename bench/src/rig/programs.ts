import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from '@mediamtx-monitor/runtime';
import type { Ending } from './ending.ts';

/** Time a program has to end in order. */
const PATIENCE_MS = 15_000;

/** Where the compiled scripts of the bench are. */
const BENCH = new URL('..', import.meta.url);
/** Where the services are. */
const SERVICES = new URL('../../../services/', import.meta.url);

/** A program of the bench. It is ended with everything else, or before by `end`. */
export interface Program {
  readonly pid: number;
  readonly end: () => Promise<void>;
}

/** A script of the bench in a process of its own. */
export interface Script extends Program {
  /** What it says next. Rejects when it ends instead. */
  readonly message: () => Promise<unknown>;
  /** Says something to it; resolves with what it answers. */
  readonly ask: (command: object | string) => Promise<unknown>;
}

type ProgramSettings = Readonly<Record<string, string>>;

/** Starts a service as it runs in production, with these settings and nothing else from the environment. */
export function startService(
  ending: Ending,
  name: 'alerter' | 'api' | 'collector' | 'host-agent',
  settings: ProgramSettings,
): Program {
  const script = fileURLToPath(new URL(`${name}/dist/main.js`, SERVICES));
  const env = { PATH: process.env['PATH'], ...settings };
  const stdio = ['ignore', 'ignore', 'inherit'] as const;
  return programOf(ending, spawn(process.execPath, [...NODE_FLAGS, script], { env, stdio: [...stdio] }));
}

/**
 * Starts a script of the bench with the flags that services have.
 * @param script its path below the bench's sources
 */
export function startScript(
  ending: Ending,
  script: string,
  settings: ProgramSettings,
  ...args: readonly string[]
): Script {
  const env = { PATH: process.env['PATH'], ...settings };
  const child = fork(fileURLToPath(new URL(script, BENCH)), args, { env, execArgv: [...NODE_FLAGS] });
  return {
    ...programOf(ending, child),
    message: () => messageOf(child),
    ask: (command) => {
      child.send(command);
      return messageOf(child);
    },
  };
}

async function messageOf(child: ChildProcess): Promise<unknown> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error(`${child.spawnargs.slice(1).join(' ')} ended instead of answering`);
  });
  try {
    const [message] = (await Promise.race([once(child, 'message', { signal }), ended])) as [unknown];
    return message;
  } finally {
    ended.catch(() => undefined);
    waiting.abort();
  }
}

function programOf(ending: Ending, child: ChildProcess): Program {
  const { pid } = child;
  if (pid === undefined) throw new Error(`${child.spawnfile} can't be started`);
  const end = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const impatient = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    await gone;
    clearTimeout(impatient);
  };
  ending.add(end);
  return { pid, end };
}
