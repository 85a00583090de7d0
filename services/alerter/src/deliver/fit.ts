import type { WrittenMessage } from '../text/index.ts';

const LEFT_OUT = '…';

/**
 * Title, lines and link as one text that is no longer than a target takes: lines are left out from the end, and said to
 * be; the link stays.
 * @param measure how long a text is, as the target counts
 */
export function fit(
  { title, lines, link }: Pick<WrittenMessage, 'title' | 'lines' | 'link'>,
  max: number,
  measure: (text: string) => number = (text) => text.length,
): string {
  const joined = (kept: readonly string[]): string =>
    [...(title === '' ? [] : [title]), ...kept, ...(link === null ? [] : [link])].join('\n');
  const whole = joined(lines);
  if (measure(whole) <= max) return whole;
  for (let count = lines.length - 1; count > 0; count -= 1) {
    const text = joined([...lines.slice(0, count), LEFT_OUT]);
    if (measure(text) <= max) return text;
  }
  return joined([LEFT_OUT]);
}
