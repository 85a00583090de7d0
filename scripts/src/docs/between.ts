/**
 * The text with this body on the lines between two marks, which stay.
 * @throws where the marks aren't there
 */
export function between(text: string, open: string, close: string, body: string): string {
  const begin = text.indexOf(`${open}\n`);
  const end = text.indexOf(close, begin);
  if (begin < 0 || end < 0) throw new Error(`there is no "${open}" with "${close}" behind it`);
  const lineStart = text.lastIndexOf('\n', end) + 1;
  return `${text.slice(0, begin + open.length + 1)}${body}${text.slice(lineStart)}`;
}
