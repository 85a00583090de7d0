import { readFileSync, statSync } from 'node:fs';
import { fileFailure } from '../file-failure.ts';

/** What a text means, or what is wrong with it in words that show nothing of it. */
export type ParseResult<T> =
  | { readonly value: T; readonly mistakes: null }
  | { readonly value: null; readonly mistakes: readonly string[] };

/** A kind of file that a setting names, and whose content matters. */
export interface SettingFile<T> {
  /** Name of the setting. */
  readonly setting: string;
  /** What its content has to be, for people. */
  readonly rule: string;
  readonly parse: (text: string) => ParseResult<T>;
}

/** What a look at a file found. */
export interface FileLook {
  /** `null` when it can't be read. */
  readonly text: string | null;
  /** Why it can't be read; '' when it can. */
  readonly failure: string;
}

const MAX_BYTES = 1_000_000;

/** Looks at a file; what is no file, or too large to be one of these, is not read. */
export function lookAtFile(path: string): FileLook {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return unread('it is not a file');
    if (stats.size > MAX_BYTES) return unread(`it has more than ${MAX_BYTES} bytes`);
    return { text: readFileSync(path, 'utf8'), failure: '' };
  } catch (error) {
    return unread(fileFailure(error));
  }
}

function unread(failure: string): FileLook {
  return { text: null, failure };
}

/** Reads a file at the start; a mistake is one line with the setting, the path and what is allowed. */
export function readSettingFile<T>({ setting, rule, parse }: SettingFile<T>, path: string): ParseResult<T> {
  const refuse = (what: string): ParseResult<T> => ({
    value: null,
    mistakes: [`${setting} is "${path}", ${what}; allowed: ${rule}`],
  });
  const { text, failure } = lookAtFile(path);
  if (text === null) return refuse(`which can't be read (${failure})`);
  const reading = parse(text);
  return reading.mistakes === null ? reading : refuse(`whose ${reading.mistakes.join(', ')}`);
}
