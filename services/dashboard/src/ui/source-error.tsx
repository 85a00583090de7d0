import type { MessageHead } from '@mediamtx-monitor/types';
import { lazily } from './loaded.tsx';

export interface SourceErrorProps {
  readonly head: Pick<MessageHead, 'source' | 'sourceError'>;
}

/** What keeps a server from being read. Its texts come when there is something to say. */
export const SourceError = lazily<SourceErrorProps>(
  async () => (await import('./source-error-words.tsx')).SourceErrorWords,
);
