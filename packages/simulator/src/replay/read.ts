import { asError, SettingsError } from '@mediamtx-monitor/runtime';
import type { RawSnapshot } from '@mediamtx-monitor/types';
import { rawSnapshotSchema } from '@mediamtx-monitor/types/schemas';

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads a file that mediamtx-snapshot has written.
 * @throws {SettingsError} when it is anything else, or can't be read
 */
export function readReplay(path: string, readFile: (path: string) => string): RawSnapshot {
  const refuse = (what: string): SettingsError =>
    new SettingsError([`SIMULATOR_REPLAY is "${path}", ${what}; allowed: a file of mediamtx-snapshot`]);
  let text: string;
  try {
    text = readFile(path);
  } catch (error) {
    throw refuse(`which can't be read (${asError(error).message})`);
  }
  const value = parseJson(text);
  if (value === undefined) throw refuse('which is not JSON');
  const result = rawSnapshotSchema.required().validate(value, { convert: false });
  if (result.error === undefined) return result.value;
  throw refuse(`in which ${result.error.message}`);
}
