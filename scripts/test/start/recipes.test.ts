import { expect, test } from '@jest/globals';
import { hostAgentRecipe } from '../../src/start/recipes.ts';

test.each([
  [undefined, undefined],
  ['', ''],
  ['0', '0'],
  ['9200', '9201'],
  ['65535', '1'],
])('with HEALTH_PORT %j of the collector the host agent has %j', (HEALTH_PORT, own) => {
  expect(hostAgentRecipe('/', { HEALTH_PORT }).env['HEALTH_PORT']).toBe(own);
});
