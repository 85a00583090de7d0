import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { FAULTS_OF_REDIS } from '../faults/faults-of-redis.ts';
import { FAULTS_OF_SERVICES } from '../faults/faults-of-services.ts';
import { FAULTS_OF_SOURCES } from '../faults/faults-of-sources.ts';
import { inProject, readText } from './support/documents.ts';
import { codeSpans, rowsUnder, withoutBlocks } from './support/markdown.ts';

/** Those that stand in suites of their own, with these. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'Redis fails over (Sentinel)': 'tests/redis/sentinel.test.ts',
  'a node of a cluster is lost': 'tests/redis/cluster.test.ts',
  'the clock jumps': 'tests/clock/steps.test.ts',
  "the JSON file's disk is full": 'services/collector/test/publish/json-file.test.ts',
};

const text = readText('docs/operations.md');

test('the table of faults has each that is tested, and no other', () => {
  const told = rowsUnder(text, 'fault').map(({ first }) => first);
  const tested = [...FAULTS_OF_SOURCES, ...FAULTS_OF_SERVICES, ...FAULTS_OF_REDIS].map(({ name }) => name);
  expect(told).toStrictEqual([...tested, ...Object.keys(ELSEWHERE)]);
});

test('it says in which suites the others are', () => {
  const suites = Object.values(ELSEWHERE);
  expect(codeSpans(withoutBlocks(text))).toStrictEqual(expect.arrayContaining(suites));
  expect(suites.filter((path) => !existsSync(inProject(path)))).toStrictEqual([]);
});
