import { type Logger, TOKEN_LINE_RULE } from '@mediamtx-monitor/runtime';
import { parseTokensFile } from './token-lines.ts';
import { type TokenChanges, Tokens } from './tokens.ts';
import { readTokensFile, type TokensFile } from './tokens-file.ts';

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

/**
 * Looks at the tokens file again and again, and tells when other tokens hold. The content itself is compared, so
 * it doesn't matter how the file was changed or replaced. It counts once two looks in a row found the same: a
 * file that is just being written may be empty or cut for a moment.
 */
export class TokensWatch {
  readonly #options: TokensWatchOptions;
  #tokens: Tokens;
  #last: TokensFile | null = null;
  #settled: TokensFile | null = null;
  #isWrong = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: TokensWatchOptions) {
    this.#options = options;
    this.#tokens = options.tokens;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#look();
    }, this.#options.checkMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const look = readTokensFile(this.#options.path);
    const isSettled = isSame(look, this.#last);
    this.#last = look;
    if (!isSettled || isSame(look, this.#settled)) return;
    this.#settled = look;
    this.#settle(look);
  }

  #settle({ text, failure }: TokensFile): void {
    const found = text === null ? { entries: null, mistakes: [failure] } : parseTokensFile(text);
    if (found.entries === null) {
      this.#isWrong = true;
      this.#options.logger.error(
        `API_TOKENS_FILE ${this.#options.path}: ${found.mistakes.join(', ')}; the tokens stay as they were. ` +
          `Allowed: ${TOKEN_LINE_RULE}`,
      );
      return;
    }
    const next = new Tokens(found.entries);
    const changes = this.#tokens.changesTo(next);
    const words = wordsFor(changes);
    if (words === '' && !this.#isWrong) return;
    this.#isWrong = false;
    this.#tokens = next;
    this.#options.logger.info(`tokens read again: ${words === '' ? 'the same as before' : words}`);
    if (found.entries.length === 0)
      this.#options.logger.warn('API_TOKENS_FILE holds no token: nobody gets in');
    this.#options.onChange(next, changes);
  }
}

function isSame(look: TokensFile, other: TokensFile | null): boolean {
  return other !== null && look.text === other.text && look.failure === other.failure;
}

function wordsFor(changes: TokenChanges): string {
  return (['added', 'removed', 'replaced'] as const)
    .filter((kind) => changes[kind].length > 0)
    .map((kind) => `${kind} ${changes[kind].join(', ')}`)
    .join('; ');
}
