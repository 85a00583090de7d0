import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import picomatch from 'picomatch';
import { streamGlob } from '../../src/index.ts';
import { likelyNames } from './names.ts';

/** How globs were matched before, by a regular expression that could take very long. */
function byPicomatch(glob: string, name: string): boolean {
  return picomatch(glob, { dot: true, nobrace: true, nobracket: true, noextglob: true, nonegate: true })(
    name,
  );
}

/** Names and globs as there are: no empty segment, and no `.` or `..`, which picomatch takes for directories. */
function isOrdinary(text: string): boolean {
  return text.split('/').every((segment) => !['', '.', '..'].includes(segment));
}

/** Where picomatch departs from its own rules: a dot behind stars at the beginning, and between stars. */
const PECULIAR = /^\*+\.|\*\.\*/;

test('globs match what they did with picomatch', () => {
  const parts = fc.constantFrom('a', 'b', 'c', '-', '.', '/', '/', '*', '*', '**', '?', '\\*', '\\?');
  const globs = fc
    .array(parts, { minLength: 1, maxLength: 9 })
    .map((some) => some.join(''))
    .filter((glob) => isOrdinary(glob) && !glob.includes('***') && !PECULIAR.test(glob));
  const cases = globs.chain((glob) =>
    likelyNames(fc.constant(glob))
      .filter(isOrdinary)
      .map((name) => ({ glob, name })),
  );
  let matching = 0;
  const check = ({ glob, name }: { glob: string; name: string }): void => {
    const expected = byPicomatch(glob, name);
    expect(streamGlob(glob)(name)).toBe(expected);
    matching += Number(expected);
  };
  fc.assert(fc.property(cases, check), { numRuns: 20_000 });
  expect(matching).toBeGreaterThan(5_000);
});
