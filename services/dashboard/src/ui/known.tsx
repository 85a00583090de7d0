import type { ComponentChild } from 'preact';
import { UNKNOWN } from '../i18n/format.ts';

/** A number as it is, or for readers in words that it isn't known. @param unknown those words */
export function known(text: string, unknown: string): ComponentChild {
  if (text !== UNKNOWN) return text;
  return (
    <span class="not-known" title={unknown}>
      <span aria-hidden="true">{UNKNOWN}</span>
      <span class="visually-hidden">{unknown}</span>
    </span>
  );
}
