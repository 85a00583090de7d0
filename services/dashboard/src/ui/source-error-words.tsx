import type { MessageHead } from '@mediamtx-monitor/types';
import { sourceErrorText } from '../i18n/source-error-text.ts';
import { useDashboard } from './context.ts';
import { useAllTexts } from './loaded.tsx';
import { CopyBlock } from './copy.tsx';

export interface SourceErrorProps {
  readonly head: Pick<MessageHead, 'source' | 'sourceError'>;
}

/** What keeps a server from being read; lines of mediamtx.yml and commands that help can be copied. */
export function SourceErrorWords({ head }: SourceErrorProps) {
  const { texts } = useDashboard();
  const text = sourceErrorText(head, useAllTexts());
  if (text === null) return null;
  const { sentence, lines } = text;
  return (
    <>
      <p class="text-critical wrap">{sentence}</p>
      {lines.length > 0 && <CopyBlock text={lines.join('\n')} label={texts.value.copy.lines} />}
    </>
  );
}
