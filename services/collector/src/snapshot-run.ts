import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import {
  fileFailure,
  isContainer,
  loadSettings,
  readEnvironment,
  systemClock,
  systemCode,
  systemSurroundings,
} from '@mediamtx-monitor/runtime';
import { EXIT_CODES } from '@mediamtx-monitor/types';
import { readArguments, summarise, USAGE } from './capture/index.ts';
import { takeCapture } from './capture.ts';
import { SNAPSHOT_SETTINGS, SOURCE_SETTINGS } from './settings.ts';
import { checkSource, sourceOf } from './source-config.ts';

const NAME = 'mediamtx-snapshot';
/** It may hold more than everyone on the machine should see. */
const OWNER_ONLY = 0o600;

const say = (line: string): void => void process.stderr.write(`${NAME}: ${line}\n`);

function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // Told twice, to the callback and as an event; without a listener the event would end the process.
    process.stdout.once('error', reject).write(text, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

/** Writes to the file, or to standard output; whether that could be done. */
async function write(text: string, output: string | null): Promise<boolean> {
  try {
    if (output === null) await print(text);
    else await writeFile(output, text, { mode: OWNER_ONLY });
    return true;
  } catch (error) {
    // Whoever read standard output has seen enough.
    if (output === null && systemCode(error) === 'EPIPE') return true;
    say(`${output ?? 'standard output'} can't be written: ${fileFailure(error)}`);
    return false;
  }
}

/** Captures what MediaMTX says and writes it; resolves with the exit code. */
export async function main(): Promise<number> {
  const { help, output, compact, samples, intervalSeconds } = readArguments(process.argv.slice(2));
  if (help) {
    await print(USAGE);
    return EXIT_CODES.done;
  }
  const readFile = (path: string): string => readFileSync(path, 'utf8');
  const { values, warnings } = loadSettings(
    { ...SOURCE_SETTINGS, REMOTE_ADDR: SNAPSHOT_SETTINGS.REMOTE_ADDR },
    readEnvironment(process.env, process.cwd()),
    { readFile, check: checkSource },
  );
  const mediamtx = sourceOf(values, readFile);
  [...warnings, ...mediamtx.warnings].forEach(say);
  const capture = await takeCapture({
    mediamtx,
    inContainer: isContainer(process.env, systemSurroundings),
    addresses: values.REMOTE_ADDR,
    samples,
    intervalSeconds,
    clock: systemClock,
    wait,
  });
  if (!(await write(`${JSON.stringify(capture, null, compact ? 0 : 2)}\n`, output))) {
    return EXIT_CODES.fileNotWritten;
  }
  const { failures, hasPaths, text } = summarise(capture);
  failures.forEach(say);
  say(`${output ?? 'standard output'}: ${text}`);
  return hasPaths ? EXIT_CODES.done : EXIT_CODES.failed;
}
