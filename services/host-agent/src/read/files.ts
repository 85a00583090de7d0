import { existsSync, readdirSync, readFileSync } from 'node:fs';

// The kernel makes the files of proc and sys from memory: read synchronously they take microseconds each, and a fifth
// of the processor time that Node's file threads would cost.

/** Text of a small file; `null` when it can't be read. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** What a file says, by its parser; `null` when it can't be read. */
export function readParsed<T>(path: string, parse: (text: string) => T): T | null {
  const text = readText(path);
  return text === null ? null : parse(text);
}

/** Names in a folder; none when it can't be read. */
export function listNames(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** Whether something can be seen at this path. */
export const exists = existsSync;
