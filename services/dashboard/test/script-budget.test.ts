import { expect, test } from '@jest/globals';
import { initialScripts, languageScripts } from '../script-budget.ts';

const chunk = (
  fileName: string,
  imports: readonly string[] = [],
  isEntry = false,
  facadeModuleId: string | null = null,
) => ({
  type: 'chunk' as const,
  fileName,
  isEntry,
  imports: [...imports],
  facadeModuleId,
  code: '',
});

test('counted is what the page loads at once, through all imports, and each once, with its worker', () => {
  const outputs = [
    chunk('page.js', ['a.js', 'b.js'], true),
    chunk('a.js', ['b.js']),
    chunk('b.js'),
    chunk('hls.js', ['b.js']),
    { type: 'asset' as const, fileName: 'page.css', source: '' },
    { type: 'asset' as const, fileName: 'worker.js', source: '' },
  ];
  expect(initialScripts(outputs).map(({ fileName }) => fileName)).toStrictEqual([
    'page.js',
    'a.js',
    'b.js',
    'worker.js',
  ]);
});

test('counted with it is the first file of a language, not the one with all its texts', () => {
  const outputs = [
    chunk('page.js', [], true, '/page/src/main.tsx'),
    chunk('index-1.js', [], false, '/page/src/i18n/de/index.ts'),
    chunk('all-1.js', ['index-1.js'], false, '/page/src/i18n/de/all.ts'),
    chunk('index-2.js', [], false, '/page/src/wall/index.ts'),
  ];
  expect(languageScripts(outputs).map(({ fileName }) => fileName)).toStrictEqual(['index-1.js']);
});
