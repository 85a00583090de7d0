import { randomBytes } from 'node:crypto';
import { EXIT_CODES } from '@mediamtx-monitor/types';
import { nameMistake, TOKEN_BYTES, tokenLines, tokenOf } from './token.ts';

/** usage: main.js <name>; prints a new token and the line that stands for it. */
export function main(): Promise<number> {
  const name = process.argv[2] ?? '';
  const mistake = nameMistake(name);
  if (mistake !== undefined) {
    process.stderr.write(`token: ${mistake}\n`);
    return Promise.resolve(EXIT_CODES.wrongSetting);
  }
  process.stdout.write(`${tokenLines(name, tokenOf(randomBytes(TOKEN_BYTES))).join('\n')}\n`);
  return Promise.resolve(EXIT_CODES.done);
}
