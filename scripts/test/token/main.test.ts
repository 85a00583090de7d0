import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from '@jest/globals';
import { lineOf } from '../../src/token/token.ts';
import { builtMain, needsBuild } from '../start/built.ts';

const run = promisify(execFile);
const makeToken = (...args: string[]) => run(process.execPath, [builtMain('scripts/dist/token'), ...args]);

beforeAll(needsBuild);

test('prints another token each time, and the line that stands for it', async () => {
  const outputs = await Promise.all([makeToken('dashboard'), makeToken('dashboard')]);
  const tokens = outputs.map(({ stdout }) => /only now: +([\w-]{43})\n/.exec(stdout)?.[1] ?? '');
  expect(new Set(tokens).size).toBe(2);
  outputs.forEach(({ stdout }, index) => {
    expect(stdout).toContain(` ${lineOf('dashboard', tokens[index] ?? '')}\n`);
  });
});

test.each([[[]], [['a b']], [['']]])('with %j says what is allowed', async (args) => {
  await expect(makeToken(...args)).rejects.toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^token: NAME is ".*"; allowed: 1 to 64 letters.*\n$/),
  });
});
