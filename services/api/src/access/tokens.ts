import { createHash, timingSafeEqual } from 'node:crypto';
import {
  FileWatch,
  type Logger,
  type ParseResult,
  type SettingFile,
  TOKEN_LINE,
  TOKEN_LINE_RULE,
} from '@mediamtx-monitor/runtime';

/** A token as it is known here: never itself. */
export interface TokenEntry {
  readonly name: string;
  /** SHA-256 of the token, in hexadecimal. */
  readonly hash: string;
}

/** The entries of some lines. */
export type TokenLines = ParseResult<readonly TokenEntry[]>;

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

/** Names of tokens that differ between two sets. */
export interface TokenChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Same name, another token. */
  readonly replaced: readonly string[];
}

/** The tokens that are valid at some time. */
export class Tokens {
  readonly #hashes: ReadonlyMap<string, string>;
  readonly #candidates: readonly { readonly name: string; readonly digest: Buffer }[];

  constructor(entries: readonly TokenEntry[]) {
    this.#hashes = new Map(entries.map(({ name, hash }) => [name, hash]));
    this.#candidates = entries.map(({ name, hash }) => ({ name, digest: Buffer.from(hash, 'hex') }));
  }

  /** The name of a token; `undefined` for one that is not valid. Takes as long whichever it is. */
  nameOf(token: string): string | undefined {
    const digest = createHash('sha256').update(token).digest();
    let found: string | undefined;
    for (const candidate of this.#candidates) {
      if (timingSafeEqual(candidate.digest, digest)) found = candidate.name;
    }
    return found;
  }

  /** The hash of the token that has this name. */
  hashOf(name: string): string | undefined {
    return this.#hashes.get(name);
  }

  /** What is different in `next`. */
  changesTo(next: Tokens): TokenChanges {
    const [before, after] = [this.#hashes, next.#hashes];
    const names = [...before.keys()];
    return {
      added: [...after.keys()].filter((name) => !before.has(name)),
      removed: names.filter((name) => !after.has(name)),
      replaced: names.filter((name) => after.has(name) && after.get(name) !== before.get(name)),
    };
  }
}

export interface TokensWatchOptions {
  readonly path: string;
  /** Those of the start. */
  readonly tokens: Tokens;
  readonly logger: Logger;
  /** How often the file is looked at, in ms. */
  readonly checkMs: number;
  /** Told the tokens that are valid from now on, and how they differ from those before. */
  readonly onChange: (tokens: Tokens, changes: TokenChanges) => void;
}

/** Watches the tokens file, and tells when other tokens hold. */
export class TokensWatch {
  readonly #options: TokensWatchOptions;
  readonly #file: FileWatch<readonly TokenEntry[]>;
  #tokens: Tokens;

  constructor(options: TokensWatchOptions) {
    const { path, tokens, logger, checkMs } = options;
    this.#options = options;
    this.#tokens = tokens;
    this.#file = new FileWatch({
      file: TOKENS_FILE,
      path,
      logger,
      checkMs,
      meanwhile: 'the tokens stay as they were',
      onRead: (entries, isMended) => {
        this.#read(entries, isMended);
      },
    });
  }

  start(): void {
    this.#file.start();
  }

  stop(): void {
    this.#file.stop();
  }

  #read(entries: readonly TokenEntry[], isMended: boolean): void {
    const { logger, onChange } = this.#options;
    const next = new Tokens(entries);
    const changes = this.#tokens.changesTo(next);
    const text = textFor(changes);
    if (text === '' && !isMended) return;
    this.#tokens = next;
    logger.info(`tokens read again: ${text === '' ? 'the same as before' : text}`);
    if (entries.length === 0) logger.warn('API_TOKENS_FILE holds no token: nobody gets in');
    onChange(next, changes);
  }
}

function textFor(changes: TokenChanges): string {
  return (['added', 'removed', 'replaced'] as const)
    .filter((kind) => changes[kind].length > 0)
    .map((kind) => `${kind} ${changes[kind].join(', ')}`)
    .join('; ');
}
