import { type FileWatch, type Logger, watchFile } from '@mediamtx-monitor/runtime';
import { TOKENS_FILE } from './token-lines.ts';
import { type TokenChanges, Tokens } from './tokens.ts';

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
export function watchTokens({ tokens, logger, onChange, ...where }: TokensWatchOptions): FileWatch {
  let current = tokens;
  return watchFile({
    ...where,
    logger,
    file: TOKENS_FILE,
    meanwhile: 'the tokens stay as they were',
    onRead: (entries, isMended) => {
      const next = new Tokens(entries);
      const changes = current.changesTo(next);
      const words = wordsFor(changes);
      if (words === '' && !isMended) return;
      current = next;
      logger.info(`tokens read again: ${words === '' ? 'the same as before' : words}`);
      if (entries.length === 0) logger.warn('API_TOKENS_FILE holds no token: nobody gets in');
      onChange(next, changes);
    },
  });
}

function wordsFor(changes: TokenChanges): string {
  return (['added', 'removed', 'replaced'] as const)
    .filter((kind) => changes[kind].length > 0)
    .map((kind) => `${kind} ${changes[kind].join(', ')}`)
    .join('; ');
}
