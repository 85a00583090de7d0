import { readFileSync } from 'node:fs';
import { EXIT_CODES } from '@mediamtx-monitor/types';
import { parseProcEnvironment } from './proc-environment.ts';
import { problemOfApi } from './problem.ts';

/** usage: main.js /proc/<pid>/environ <settings file>; says what keeps that API from being ready, if anything does. */
const [environ = '', settingsFile = ''] = process.argv.slice(2);
const readFile = (path: string): string => readFileSync(path, 'utf8');
const problem = await problemOfApi({ env: parseProcEnvironment(readFile(environ)), readFile, settingsFile });
if (problem !== null) {
  process.stdout.write(`${problem}\n`);
  process.exitCode = EXIT_CODES.failed;
}
