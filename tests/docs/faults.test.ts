import { expect, test } from '@jest/globals';
import { FAULTS_OF_REDIS } from '../faults/faults-of-redis.ts';
import { FAULTS_OF_SERVICES } from '../faults/faults-of-services.ts';
import { FAULTS_OF_SOURCES } from '../faults/faults-of-sources.ts';
import { readText } from './support/documents.ts';
import { rowsUnder } from './support/markdown.ts';

test('the table of faults has each that is tested, and no other', () => {
  const told = rowsUnder(readText('docs/operations.md'), 'fault').map(({ first }) => first);
  const tested = [...FAULTS_OF_SOURCES, ...FAULTS_OF_SERVICES, ...FAULTS_OF_REDIS].map(({ name }) => name);
  expect(told).toStrictEqual(tested);
});
