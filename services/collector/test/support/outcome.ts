import type { ChildProcessWithoutNullStreams } from 'node:child_process';

/** How a program ended. */
export interface ProgramOutcome {
  readonly code: number | null;
  /** All that it wrote, to either of its outputs. */
  readonly said: string;
}

/** Resolves when a program has ended. */
export function outcomeOf(child: ChildProcessWithoutNullStreams): Promise<ProgramOutcome> {
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve({ code, said });
    });
  });
}
