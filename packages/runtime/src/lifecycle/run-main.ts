import { EXIT_CODES } from '@mediamtx-monitor/types';
import { maskSecrets } from '../secrets/mask-secrets.ts';
import { SettingsError } from '../settings/settings-error.ts';
import { findServiceManager } from './service-manager.ts';

/** A failure that ends the start of a service: a sentence for the operator, without a stack. */
export class StartError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'StartError';
    this.code = code;
  }
}

/** The lines to print for a failure that ended a service, and the exit code that goes with it. */
export function describeFailure(service: string, error: unknown): { lines: string[]; exitCode: number } {
  if (error instanceof SettingsError) {
    return { lines: error.mistakes.map((line) => `${service}: ${line}`), exitCode: EXIT_CODES.wrongSetting };
  }
  const text = error instanceof StartError ? error.message : withoutSecrets(error);
  return { lines: [`${service}: ${text}`], exitCode: EXIT_CODES.failed };
}

/** An unexpected failure with its stack; it may repeat what it failed at, an address with a password say. */
function withoutSecrets(error: unknown): string {
  const said = error instanceof Error ? (error.stack ?? '') : String(error);
  const [message = '', ...frames] = said.split(/(?=\n {4}at )/);
  return maskSecrets(message) + frames.join('');
}

/**
 * Runs a service's `main` and turns its result into the process's exit code. What ended it is told to the service
 * manager too: between two attempts, `systemctl status` shows no log.
 */
export async function runMain(
  service: string,
  main: () => Promise<number>,
  process: NodeJS.Process,
): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    const { lines, exitCode } = describeFailure(service, error);
    process.stderr.write(`${lines.join('\n')}\n`);
    process.exitCode = exitCode;
    const logger = { warn: (line: string) => process.stderr.write(`${service}: ${line}\n`) };
    const [text = ''] = lines.join('; ').split('\n', 1);
    findServiceManager(process.env, process.pid, logger)?.notify(`STATUS=${text}`);
  }
}
