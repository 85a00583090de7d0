import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { EXIT_CODES } from '@mediamtx-monitor/types';
import { enter, OLDEST_NODE } from '../src/enter.ts';

/** Enters a program on this version of Node, which has nobody but the terminal to tell. */
async function enterOn(version: string) {
  let printed = '';
  let loads = 0;
  const process = {
    versions: { node: version },
    env: {},
    exitCode: undefined as number | undefined,
    stderr: { write: (text: string) => (printed += text) },
  };
  const load = () => {
    loads += 1;
    return Promise.resolve({ main: () => Promise.resolve(EXIT_CODES.redisUnreachable) });
  };
  await enter('collector', load, process as unknown as NodeJS.Process);
  return { printed, loads, exitCode: process.exitCode };
}

describe('a program', () => {
  test.each([OLDEST_NODE, '20.12.0', '20.20.2', '22.0.0', '24.21.0'])('runs on Node %s', async (version) => {
    expect(await enterOn(version)).toStrictEqual({
      printed: '',
      loads: 1,
      exitCode: EXIT_CODES.redisUnreachable,
    });
  });

  test.each(['18.20.8', '20.11.1', '20.9.0', '16.0.0'])('is not even loaded on Node %s', async (version) => {
    expect(await enterOn(version)).toStrictEqual({
      printed: `collector: this is Node ${version}, and 20.12 or newer is needed: see https://nodejs.org\n`,
      loads: 0,
      exitCode: EXIT_CODES.wrongSetting,
    });
  });
});

test('the oldest Node is the one that package.json asks for', () => {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ engines: { node: `>=${OLDEST_NODE}` } });
});
