import type { Tone, WrittenMessage } from '../text/index.ts';

const MARKS: Readonly<Record<Tone, string>> = { critical: '🔴', warning: '🟠', resolved: '🟢', info: '🔵' };

/** A title with a mark before it that shows from afar how it is meant. */
export function marked({ title, tone }: Pick<WrittenMessage, 'title' | 'tone'>): string {
  return `${MARKS[tone]} ${title}`;
}
