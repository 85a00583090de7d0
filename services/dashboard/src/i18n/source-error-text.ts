import {
  ANSWER_CAUSES,
  type MessageHead,
  SOURCE_ERRORS,
  type SourceError,
  type SourceErrorCode,
  type SourceErrorValues,
  TOO_MUCH_KINDS,
} from '@mediamtx-monitor/types';
import type { AllTexts } from './en/all.ts';

/** Whether a sentence has all its values. */
function isComplete(code: SourceErrorCode, values: SourceError['values']): boolean {
  return SOURCE_ERRORS[code].every((name) => typeof values[name] === 'string');
}

/** The values as the sentence has them: names of causes in words. `null` where this page doesn't know the name. */
function translatedValues({ code, values }: SourceError, texts: AllTexts): SourceError['values'] | null {
  const { found = '', limit = '' } = values;
  if (code === 'invalid-answer') {
    const cause = ANSWER_CAUSES.find((one) => one === values['cause']);
    return cause === undefined ? null : { ...values, cause: texts.answerCauses[cause](found, limit) };
  }
  if (code === 'too-much') {
    const kind = TOO_MUCH_KINDS.find((one) => one === values['kind']);
    return kind === undefined ? null : { ...values, kind: texts.tooMuch[kind](limit) };
  }
  return values;
}

function sentenceOf(error: SourceError, texts: AllTexts): string | null {
  const { code } = error;
  const values = isComplete(code, error.values) ? translatedValues(error, texts) : null;
  // What is complete has all names of its code.
  return values === null ? null : texts.sourceErrors[code](values as SourceErrorValues<SourceErrorCode>);
}

/**
 * What keeps a server from being read: a sentence, and lines to copy. The sentence is in the page's language where its
 * code is known; that of a newer collector, or of one before 0.2, as the collector says it.
 * @param texts `null` = they can't be loaded
 */
export function sourceErrorText(
  { source, sourceError }: Pick<MessageHead, 'source' | 'sourceError'>,
  texts: AllTexts | null,
): { readonly sentence: string; readonly lines: readonly string[] } | null {
  if (source.error === null) return null;
  const [said = '', ...lines] = source.error.split('\n');
  const isKnown = sourceError !== undefined && Object.hasOwn(SOURCE_ERRORS, sourceError.code);
  const translated = isKnown && texts !== null ? sentenceOf(sourceError, texts) : null;
  return { sentence: translated ?? said, lines };
}
