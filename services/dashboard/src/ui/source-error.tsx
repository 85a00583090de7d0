import type { MessageHead } from '@mediamtx-monitor/types';
import { useDashboard } from '../context.ts';
import { sourceErrorText } from '../i18n/source-error-text.ts';
import { CopyBlock } from './copy-block.tsx';

/** What keeps a server from being read; lines of mediamtx.yml and commands that help can be copied. */
export function SourceError({ head }: { readonly head: Pick<MessageHead, 'source' | 'sourceError'> }) {
  const { texts } = useDashboard();
  const text = sourceErrorText(head, texts.value);
  if (text === null) return null;
  const { sentence, lines } = text;
  return (
    <>
      <p class="words-critical wrap">{sentence}</p>
      {lines.length > 0 && <CopyBlock text={lines.join('\n')} label={texts.value.copy.lines} />}
    </>
  );
}
