import { randomBytes } from 'node:crypto';
import { EXIT_CODES } from '@mediamtx-monitor/types';
import { nameMistake, TOKEN_BYTES, tokenLines, tokenOf } from './token.ts';

/** usage: main.js <name>; prints a new token and the line that stands for it. */
const name = process.argv[2] ?? '';
const mistake = nameMistake(name);
if (mistake === undefined) {
  process.stdout.write(`${tokenLines(name, tokenOf(randomBytes(TOKEN_BYTES))).join('\n')}\n`);
} else {
  process.stderr.write(`token: ${mistake}\n`);
  process.exitCode = EXIT_CODES.wrongSetting;
}
