import { readFileSync, statSync } from 'node:fs';

/** What a look at a tokens file found. */
export interface TokensFile {
  /** `null` when it can't be read. */
  readonly text: string | null;
  /** Why it can't be read; '' when it can. */
  readonly failure: string;
}

const MAX_BYTES = 1_000_000;

/** Reads a tokens file; what is no file, or too large to be one of these, is not read. */
export function readTokensFile(path: string): TokensFile {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return unread('it is not a file');
    if (stats.size > MAX_BYTES) return unread(`it has more than ${MAX_BYTES} bytes`);
    return { text: readFileSync(path, 'utf8'), failure: '' };
  } catch (error) {
    return unread(error instanceof Error ? error.message : String(error));
  }
}

function unread(failure: string): TokensFile {
  return { text: null, failure };
}
