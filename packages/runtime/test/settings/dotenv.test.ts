import { describe, expect, test } from '@jest/globals';
import { parseDotenv } from '../../src/settings/dotenv.ts';

/** Values by name; throws for a text with mistakes. */
function valuesOf(text: string): Record<string, string> {
  const { assignments, mistakes } = parseDotenv(text);
  expect(mistakes).toStrictEqual([]);
  return Object.fromEntries(assignments.map(({ name, value }) => [name, value]));
}

const mistakesOf = (text: string): string[] =>
  parseDotenv(text).mistakes.map(({ line, what }) => `${line} ${what}`);

describe('what is understood', () => {
  test.each<[string, string, Record<string, string>]>([
    ['plain lines', 'A=1\nB=two words', { A: '1', B: 'two words' }],
    ['a byte-order mark', '\uFEFFA=1\n', { A: '1' }],
    ['line ends of Windows', 'A=1\r\nB=2\r\n', { A: '1', B: '2' }],
    ['line ends of old Macs', 'A=1\rB=2\r', { A: '1', B: '2' }],
    ['no line end at the end', 'A=1\nB=2', { A: '1', B: '2' }],
    ['export', 'export A=1\n export\tB="2"', { A: '1', B: '2' }],
    ['spaces around', '  A = 1   \n\tB\t=\t2\t', { A: '1', B: '2' }],
    ['comments and blank lines', '# x\n\n  # A=2\n#B=3\nA=1', { A: '1' }],
    ['comments behind', `A=1 # x\nB='2' # "x"\nC="3"\t# x`, { A: '1', B: '2', C: '3' }],
    ['nothing', 'A=\nB=""\nC=\'\'', { A: '', B: '', C: '' }],
    ['signs in a password', `A=pa#ss$word\\x\nB=it's"`, { A: 'pa#ss$word\\x', B: 'it\'s"' }],
    ['the same in single quotes', `A='pa#ss$word\\x "  '`, { A: 'pa#ss$word\\x "  ' }],
    ['double quotes', `A="it's # $x"`, { A: "it's # $x" }],
    ['several lines in quotes', `A="a\nb"\nB='c\n# d'\nC=1`, { A: 'a\nb', B: 'c\n# d', C: '1' }],
    ['an equals sign in a value', 'A=b=c', { A: 'b=c' }],
    ['a name with dots', 'a.b-c=1', { 'a.b-c': '1' }],
  ])('%s', (_what, text, values) => {
    expect(valuesOf(text)).toStrictEqual(values);
  });

  test('lines are counted as the file has them, also behind a value of several', () => {
    const { assignments } = parseDotenv('\n# x\nA="1\n2"\r\n\nB=3');
    expect(assignments.map(({ name, line }) => [name, line])).toStrictEqual([
      ['A', 3],
      ['B', 6],
    ]);
  });
});

describe('what isn’t', () => {
  test.each([
    ['A: 1', '1 has a colon where NAME=value has an equals sign'],
    ['\nA', '2 is no NAME=value'],
    ['; A=1', '1 is no NAME=value'],
    ['1A=2', '1 is no NAME=value'],
    ['A B=1', '1 is no NAME=value'],
    ["A='1", '1 begins a quote that nothing ends'],
    [
      'A="x" y',
      '1 has something behind the quote that ends its value; write the value in single quotes, without one in it',
    ],
    [
      "A='it''s'",
      '1 has something behind the quote that ends its value; write the value in single quotes, without one in it',
    ],
  ])('%j', (text, mistake) => {
    expect(mistakesOf(text)).toStrictEqual([mistake]);
  });

  test('every mistake is told, and none ends the look at the rest', () => {
    expect(mistakesOf('A: 1\nB=2\nC\n').map((line) => line[0])).toStrictEqual(['1', '3']);
    expect(mistakesOf(`A='hush\nB: hush`).join()).not.toContain('hush');
  });
});

test.each([
  ['`pa#ss`', 'backquote'],
  ['#pass', 'number sign'],
  [' # a comment?', 'number sign'],
  ['"two\\nlines"', 'backslash in double quotes'],
])('readers disagree about A=%s', (value, message) => {
  expect(parseDotenv(`A=${value}`).assignments[0]?.doubt).toContain(message);
});

test.each([
  ['A=1', false],
  ['A=pa#ss$word', false],
  ["A='pa#ss$word\\x'", false],
  ['A="1"', false],
  ['A=1 # x', true],
  ["A='1' # x", true],
  ['A=a\\b', true],
])('whether systemd reads %j otherwise: %s', (text, isOther) => {
  expect(parseDotenv(text).assignments[0]).toMatchObject({ isOtherForSystemd: isOther, doubt: null });
});
