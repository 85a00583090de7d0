import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Environment } from './load.ts';

/** The environment, with what a `.env` file in `directory` adds to it; the environment wins. */
export function readEnvironment(env: Environment, directory: string): Environment {
  let text: string;
  try {
    text = readFileSync(join(directory, '.env'), 'utf8');
  } catch {
    return env;
  }
  return { ...parseEnv(text), ...env };
}
