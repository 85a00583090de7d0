import { encode, type JsonBytes } from './json-bytes.ts';

/** Writes the inside of a JSON object of numbers (no braces). */
export type NumberWriter<Moving extends string> = (
  values: Readonly<Record<Moving, number>>,
  out: JsonBytes,
) => void;

/**
 * Makes a writer of objects of numbers. Members come in the order of `all`, with its values; the `moving`
 * ones with the values given.
 */
export function numberWriter<All extends Readonly<Record<string, number>>, Moving extends keyof All & string>(
  all: All,
  moving: readonly Moving[],
): NumberWriter<Moving> {
  const isMoving = (name: string): name is Moving => (moving as readonly string[]).includes(name);
  const holes: { readonly before: Uint8Array; readonly name: Moving }[] = [];
  let text = '';
  for (const [index, [name, value]] of Object.entries(all).entries()) {
    text += `${index === 0 ? '' : ','}"${name}":`;
    if (isMoving(name)) {
      holes.push({ before: encode(text), name });
      text = '';
    } else {
      text += String(value);
    }
  }
  const end = encode(text);
  return (values, out) => {
    for (const { before, name } of holes) {
      out.bytes(before);
      out.number(values[name]);
    }
    out.bytes(end);
  };
}
