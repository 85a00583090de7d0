import { lazily } from './loaded.tsx';
import type { SourceErrorProps } from './source-error-words.tsx';

/** What keeps a server from being read. Its texts come when there is something to say. */
export const SourceError = lazily<SourceErrorProps>(
  async () => (await import('./source-error-words.tsx')).SourceErrorWords,
);
