import { spawn } from 'node:child_process';

export interface ProgramCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface ProgramResult {
  readonly stdout: string;
  readonly stderr: string;
  /** `null` where it was ended here, having said enough. */
  readonly exitCode: number | null;
}

/** Generous, since tests run on busy machines. */
const DEADLINE_MS = 30_000;
const MAX_SHOWN = 1_000;

/**
 * Runs a program until it ends by itself or has said enough; it is ended then, with all that it has started.
 * @param isEnough of its output so far
 * @throws {Error} with its output when neither happens in time
 */
export async function runProgram(
  { command, args, cwd, env }: ProgramCommand,
  isEnough: (stdout: string) => boolean = () => false,
): Promise<ProgramResult> {
  // A group of its own, so that it can be ended as a whole. An open stdin, as at a terminal.
  const child = spawn(command, args, { cwd, env, detached: true, stdio: 'pipe' });
  const said = { stdout: '', stderr: '' };
  const endedFor = new Set<'enough' | 'late'>();
  const end = (why: 'enough' | 'late'): void => {
    endedFor.add(why);
    if (child.pid !== undefined) killGroup(child.pid);
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
    if (isEnough(said.stdout)) end('enough');
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  const timer = setTimeout(() => {
    end('late');
  }, DEADLINE_MS);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  clearTimeout(timer);
  if (endedFor.has('enough')) return { ...said, exitCode: null };
  if (!endedFor.has('late')) return { ...said, exitCode };
  throw new Error(
    `not done in ${DEADLINE_MS} ms; it said: ${(said.stdout + said.stderr).slice(0, MAX_SHOWN)}`,
  );
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
