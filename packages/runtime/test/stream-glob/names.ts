import fc from 'fast-check';

/** Names of which about half match one of these globs. */
export function likelyNames(globs: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const any = fc
    .array(fc.constantFrom('a', 'b', '/', '-', '{', ',', '}', '*', '?'), { maxLength: 7 })
    .map((some) => some.join(''));
  const stars = fc.array(fc.constantFrom('', 'a', 'ab', 'a/b', 'b'), { minLength: 8, maxLength: 8 });
  const matching = fc.tuple(globs, stars).map(([glob, instead]) => {
    let star = 0;
    return glob
      .replace(/\\(.)/g, '$1')
      .replace(/\*+/g, () => instead[(star += 1) % instead.length] ?? '')
      .replaceAll('?', 'b');
  });
  return fc.oneof(any, matching);
}
