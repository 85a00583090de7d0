import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readText } from './support/documents.ts';
import { blocksOf } from './support/markdown.ts';

/** A file that CONTRIBUTING.md makes: where it would stand, and its code. */
interface WorkedExample {
  readonly file: string;
  readonly code: string;
}

const PLACE = /^\/\/ (\S+\.ts) in (\S+\/)/;
const IMPORT = /^import (?:type )?\{([^}]*)\} from '(\.[^']+)';$/gm;

const EXAMPLES: readonly WorkedExample[] = blocksOf(readText('CONTRIBUTING.md')).flatMap(
  ({ language, code }) => {
    const [, name, folder] = PLACE.exec(code) ?? [];
    return language === 'ts' && name !== undefined && folder !== undefined
      ? [{ file: `${folder}${name}`, code }]
      : [];
  },
);

/** What an example takes from files of the project, and doesn't find there. */
function missingIn({ file, code }: WorkedExample): string[] {
  return [...code.matchAll(IMPORT)].flatMap(([, names = '', from = '']) => {
    const path = join(dirname(file), from);
    const text = readText(path);
    return names
      .split(',')
      .map((name) => name.replace(/\btype\b/, '').trim())
      .filter((name) => name !== '' && !new RegExp(`^export .*\\b${name}\\b`, 'm').test(text))
      .map((name) => `${name} of ${path}`);
  });
}

test('what worked examples take from files of the project is there', () => {
  expect(EXAMPLES.map(({ file }) => file)).toStrictEqual([
    'services/api/src/routes/uptime.ts',
    'services/collector/src/protocols/rist.ts',
    'services/api/src/settings.ts',
    'services/collector/src/derive/events/server-events.ts',
    'packages/types/src/history.ts',
  ]);
  expect(EXAMPLES.flatMap(missingIn)).toStrictEqual([]);
});

test('the check would notice', () => {
  const code = "import { route, type nothing } from '../http/route.ts';\n";
  expect(missingIn({ file: 'services/api/src/routes/x.ts', code })).toStrictEqual([
    'nothing of services/api/src/http/route.ts',
  ]);
});
