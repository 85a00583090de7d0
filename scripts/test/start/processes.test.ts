import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { createProcesses } from '../../src/start/processes.ts';
import type { ProgramExit, Recipe } from '../../src/start/program.ts';

function nodeRecipe(name: string, code: string): Recipe {
  return { name, command: process.execPath, args: ['-e', code], env: {} };
}

const STAYS = 'setInterval(() => {}, 1000)';

function recordedProcesses() {
  const endings: [string, ProgramExit][] = [];
  return { endings, processes: createProcesses((name, ending) => endings.push([name, ending])) };
}

test('a program that ends by itself is told, with its exit code', async () => {
  const { endings, processes } = recordedProcesses();
  processes.watch(processes.launch(nodeRecipe('short', 'process.exit(3)'), 'ignore'));
  await eventually(() => {
    expect(endings).toStrictEqual([['short', { code: 3, signal: null, failure: null, said: '' }]]);
  });
  await processes.stop();
});

test('so is one that can’t be run', async () => {
  const { endings, processes } = recordedProcesses();
  const recipe = { name: 'missing', command: 'missing', args: [], env: { PATH: '/nowhere' } };
  processes.watch(processes.launch(recipe, 'ignore'));
  await eventually(() => {
    expect(endings[0]?.[1].failure).toContain('ENOENT');
  });
  await processes.stop();
});

test('what a program printed is kept where that is asked for, and its end isn’t told unless it is watched', async () => {
  const { endings, processes } = recordedProcesses();
  const code = `console.log('out'); console.error('x'.repeat(10_000) + 'end')`;
  const { said } = await processes.launch(nodeRecipe('talks', code), 'keep').ended;
  expect(said).toHaveLength(8_000);
  expect(said).toMatch(/xxend\n$|out\n$/);
  await processes.stop();
  expect(endings).toStrictEqual([]);
});

test('stopping ends all, and tells of none', async () => {
  const { endings, processes } = recordedProcesses();
  processes.watch(processes.launch(nodeRecipe('first', STAYS), 'ignore'));
  processes.watch(processes.launch(nodeRecipe('second', STAYS), 'ignore'));
  await processes.stop();
  expect(endings).toStrictEqual([]);
});

test('hurrying ends those that don’t heed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'processes-'));
  const [isDeaf, isAsked] = [join(folder, 'deaf'), join(folder, 'asked')];
  const { processes } = recordedProcesses();
  try {
    const write = (path: string): string => `require('node:fs').writeFileSync(${JSON.stringify(path)}, '')`;
    const code = `process.on('SIGTERM', () => { ${write(isAsked)} }); ${write(isDeaf)}; ${STAYS}`;
    processes.launch(nodeRecipe('deaf', code), 'ignore');
    await eventually(() => access(isDeaf));
    let isStopped = false;
    const stopped = processes.stop().then(() => {
      isStopped = true;
    });
    await eventually(() => access(isAsked));
    expect(isStopped).toBe(false);
    processes.kill();
    // Unhurried it would have 12 s.
    await eventually(() => {
      expect(isStopped).toBe(true);
    }, 8_000);
    await stopped;
  } finally {
    processes.kill();
    await rm(folder, { recursive: true });
  }
});
