import { expect, test } from '@jest/globals';
import { initialScripts } from '../script-budget.ts';

const chunk = (fileName: string, imports: readonly string[] = [], isEntry = false) => ({
  type: 'chunk' as const,
  fileName,
  isEntry,
  imports: [...imports],
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
