import { randomBytes } from 'node:crypto';
import { EXIT_CODES } from '@mediamtx-monitor/types';
import { nameMistake, TOKEN_BYTES, tokenLines, tokenOf } from './token.ts';

/** usage: main.js <name> [<place>]; prints a new token, the line that stands for it, and the place where that goes. */
export function main(): Promise<number> {
  const [, , name = '', place] = process.argv;
  const mistake = nameMistake(name);
  if (mistake !== undefined) {
    process.stderr.write(`token: ${mistake}\n`);
    return Promise.resolve(EXIT_CODES.wrongSetting);
  }
  process.stdout.write(`${tokenLines(name, tokenOf(randomBytes(TOKEN_BYTES)), place).join('\n')}\n`);
  return Promise.resolve(EXIT_CODES.done);
}
