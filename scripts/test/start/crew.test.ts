import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { createCrew } from '../../src/start/crew.ts';
import type { Ending, Recipe } from '../../src/start/program.ts';

function nodeRecipe(name: string, code: string): Recipe {
  return { name, command: process.execPath, args: ['-e', code], env: {} };
}

const STAYS = 'setInterval(() => {}, 1000)';

function recordingCrew() {
  const endings: [string, Ending][] = [];
  return { endings, crew: createCrew((name, ending) => endings.push([name, ending])) };
}

test('a program that ends by itself is told, with its exit code', async () => {
  const { endings, crew } = recordingCrew();
  crew.launch(nodeRecipe('short', 'process.exit(3)'), 'ignore');
  await eventually(() => {
    expect(endings).toEqual([['short', { code: 3, signal: null, failure: null }]]);
  });
  await crew.stop();
});

test('so is one that can’t be run', async () => {
  const { endings, crew } = recordingCrew();
  crew.launch({ name: 'missing', command: '/nowhere/missing', args: [], env: {} }, 'ignore');
  await eventually(() => {
    expect(endings[0]?.[1].failure).toContain('ENOENT');
  });
  await crew.stop();
});

test('stopping ends all, and tells of none', async () => {
  const { endings, crew } = recordingCrew();
  crew.launch(nodeRecipe('first', STAYS), 'ignore');
  crew.launch(nodeRecipe('second', STAYS), 'ignore');
  await crew.stop();
  expect(endings).toEqual([]);
});

test('hurrying ends those that don’t heed', async () => {
  const { crew } = recordingCrew();
  crew.launch(nodeRecipe('deaf', `process.on('SIGTERM', () => {}); ${STAYS}`), 'ignore');
  const stopped = crew.stop();
  crew.kill();
  await stopped;
});
