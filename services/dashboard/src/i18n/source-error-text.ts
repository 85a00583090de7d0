import {
  type MessageHead,
  SOURCE_ERRORS,
  type SourceError,
  type SourceErrorCode,
  type SourceErrorValues,
} from '@mediamtx-monitor/types';
import type { Texts } from './en.ts';

/** Whether a sentence has all it is told with. */
function isComplete(code: SourceErrorCode, values: SourceError['values']): boolean {
  return SOURCE_ERRORS[code].every((name) => typeof values[name] === 'string');
}

function sentenceOf({ code, values }: SourceError, { sourceErrors }: Texts): string | null {
  // What is complete has all names of its code.
  return isComplete(code, values) ? sourceErrors[code](values as SourceErrorValues<SourceErrorCode>) : null;
}

/**
 * What keeps a server from being read: a sentence, and lines to copy. The sentence is told in the page's language where its
 * code is known; that of a newer collector, or of one before 0.2, as the collector says it.
 */
export function sourceErrorText(
  { source, sourceError }: Pick<MessageHead, 'source' | 'sourceError'>,
  texts: Texts,
): { readonly sentence: string; readonly lines: readonly string[] } | null {
  if (source.error === null) return null;
  const [said = '', ...lines] = source.error.split('\n');
  const isKnown = sourceError !== undefined && Object.hasOwn(SOURCE_ERRORS, sourceError.code);
  const told = isKnown ? sentenceOf(sourceError, texts) : null;
  return { sentence: told ?? said, lines };
}
