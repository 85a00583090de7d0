import { TOKEN_LINE, TOKEN_LINE_RULE, type Reading, type SettingFile } from '@mediamtx-monitor/runtime';

/** A token as it is known here: never itself. */
export interface TokenEntry {
  readonly name: string;
  /** SHA-256 of the token, in hexadecimal. */
  readonly hash: string;
}

/** The entries of some lines. */
export type TokenLines = Reading<readonly TokenEntry[]>;

/** The file with tokens. */
export const TOKENS_FILE: SettingFile<readonly TokenEntry[]> = {
  setting: 'API_TOKENS_FILE',
  rule: TOKEN_LINE_RULE,
  parse: parseTokensFile,
};

const BYTE_ORDER_MARK = /^\uFEFF/;
/** More mistakes than these say no more: it is another file. */
const MAX_MISTAKES = 5;

/** Reads the text of a tokens file: lines `name:sha256hex`; blank ones and those that begin with # are passed over. */
export function parseTokensFile(text: string): TokenLines {
  return parseTokenLines(text.replace(BYTE_ORDER_MARK, '').split('\n'));
}

/** Reads lines `name:sha256hex`. A name that is there twice is a mistake: which of them should a removal mean? */
export function parseTokenLines(lines: readonly string[]): TokenLines {
  const entries: TokenEntry[] = [];
  const mistakes: string[] = [];
  const lineOf = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    const number = index + 1;
    const [name = '', hash = ''] = text.split(':');
    const earlier = lineOf.get(name);
    if (!TOKEN_LINE.test(text)) mistakes.push(`line ${number} is malformed`);
    else if (earlier !== undefined) mistakes.push(`line ${number} has the name of line ${earlier} again`);
    else {
      lineOf.set(name, number);
      entries.push({ name, hash });
    }
  }
  if (mistakes.length === 0) return { value: entries, mistakes: null };
  return { value: null, mistakes: mistakes.slice(0, MAX_MISTAKES) };
}
