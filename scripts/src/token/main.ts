import { randomBytes } from 'node:crypto';
import { EXIT_CODES } from '@mediamtx-monitor/types';
import { nameMistake, TOKEN_BYTES, tokenLines, tokenOf } from './token.ts';

/** usage: main.js <name> [<place>]; prints a new token, the line that stands for it, and the place where that goes. */
const [, , name = '', place] = process.argv;
const mistake = nameMistake(name);
if (mistake === undefined) {
  process.stdout.write(`${tokenLines(name, tokenOf(randomBytes(TOKEN_BYTES)), place).join('\n')}\n`);
} else {
  process.stderr.write(`token: ${mistake}\n`);
  process.exitCode = EXIT_CODES.wrongSetting;
}
