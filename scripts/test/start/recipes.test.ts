import { expect, test } from '@jest/globals';
import { alerterRecipe, hostAgentRecipe } from '../../src/start/recipes.ts';

test.each([
  [undefined, undefined, undefined],
  ['', '', ''],
  ['0', '0', '0'],
  ['9200', '9201', '9202'],
  ['65534', '65535', '1'],
  ['65535', '1', '2'],
])(
  'with HEALTH_PORT %j of the collector the host agent has %j, the alerter %j',
  (HEALTH_PORT, ofAgent, ofAlerter) => {
    expect(hostAgentRecipe('/', { HEALTH_PORT }).env['HEALTH_PORT']).toBe(ofAgent);
    expect(alerterRecipe('/', { HEALTH_PORT }).env['HEALTH_PORT']).toBe(ofAlerter);
  },
);
