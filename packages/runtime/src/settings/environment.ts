import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../system-code.ts';
import { asError } from '../as-error.ts';
import { type Assignment, parseDotenv } from './dotenv.ts';
import type { Environment } from './load.ts';
import { SettingsError } from './settings-error.ts';
import { isSettingLike } from './unknown.ts';

/** Names a file with settings in place of the `.env` of the folder in which a service is started. */
const FILE_VARIABLE = 'ENV_FILE';
/** Set where systemd starts a service: it has read the file too, and what it read counts. */
const SYSTEMD_VARIABLE = 'INVOCATION_ID';

/**
 * The environment, with what a file adds to it: the one that `ENV_FILE` names, else `.env` in `directory` where there is
 * one. The environment wins.
 * @throws {SettingsError} for a file that can't be read, and for each line that can't be understood
 */
export function readEnvironment(env: Environment, directory: string): Environment {
  const { [FILE_VARIABLE]: named = '', [SYSTEMD_VARIABLE]: invocation } = env;
  const path = named === '' ? join(directory, '.env') : named;
  const text = readSettings(path, named !== '');
  if (text === null) return env;
  const { assignments, mistakes } = parseDotenv(text);
  const isForSystemd = named !== '' && invocation !== undefined;
  const all = [...mistakes, ...doubtsIn(assignments, isForSystemd)].toSorted((a, b) => a.line - b.line);
  if (all.length > 0) throw new SettingsError(all.map(({ line, what }) => `${path}, line ${line}: ${what}`));
  return { ...Object.fromEntries(assignments.map(({ name, value }) => [name, value])), ...env };
}

/** The file as text; `null` where there is none and none was asked for. */
function readSettings(path: string, isNamed: boolean): string | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if (!isNamed && systemCode(error) === 'ENOENT' && !isThere(path)) return null;
    throw new SettingsError([`${path} can't be read (${asError(error).message})`]);
  }
  // Text of UTF-16 has a zero byte beside each letter of ours.
  if (bytes.includes(0)) throw new SettingsError([`${path} is no UTF-8 (is it UTF-16?): save it as UTF-8`]);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new SettingsError([`${path}, line ${brokenLine(bytes)}: is no UTF-8: save the file as UTF-8`]);
  }
}

/** Whether there is anything under this name, as a link that leads nowhere. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function brokenLine(bytes: Buffer): number {
  const lines = bytes.toString('latin1').split('\n');
  return lines.findIndex((line) => Buffer.from(line, 'latin1').toString().includes('\uFFFD')) + 1;
}

/** What in our own settings isn't as plain as it has to be: one value for all who read it. */
function doubtsIn(
  assignments: readonly Assignment[],
  isForSystemd: boolean,
): { line: number; what: string }[] {
  const before = new Map<string, Assignment>();
  const doubts: { line: number; what: string }[] = [];
  for (const assignment of assignments) {
    const { name, value, line, doubt, isOtherForSystemd } = assignment;
    if (!isSettingLike(name)) continue;
    const other = before.get(name);
    before.set(name, assignment);
    if (other !== undefined && other.value !== value) {
      doubts.push({ line, what: `sets ${name}, which line ${other.line} sets to something else` });
    }
    if (doubt !== null) doubts.push({ line, what: `${name}: ${doubt}` });
    else if (isForSystemd && isOtherForSystemd) {
      const what =
        'systemd reads its value otherwise: write it in single quotes, and comments on lines of their own';
      doubts.push({ line, what: `${name}: ${what}` });
    }
  }
  return doubts;
}
