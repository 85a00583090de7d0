import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { type Behaviour, startServer } from './support/server.ts';

const BUILT = new URL('../dist/index.js', import.meta.url);

/** Connects, closes once it is in a state for a moment, and has nothing else to do. */
const PROGRAM = `
  import { WebSocket } from 'ws';
  const [built, url, when] = process.argv.slice(1);
  const { connectMonitor } = await import(built);
  const monitor = connectMonitor({
    url,
    webSocket: WebSocket,
    token: 'secret',
    onState: ({ state }) => {
      if (state === when) setTimeout(leave, 100);
    },
  });
  function leave() {
    monitor.close();
    setTimeout(() => {
      console.log('still here: ' + process.getActiveResourcesInfo().join());
      process.exit(3);
    }, 8_000).unref();
  }
`;

async function runUntil(
  when: string,
  behaviour: Partial<Behaviour>,
): Promise<{ code: number | null; said: string }> {
  if (!existsSync(BUILT)) throw new Error('packages/client/dist is missing: run "make build" first');
  const server = await startServer(behaviour);
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', PROGRAM, BUILT.href, server.url, when],
    { cwd: new URL('..', import.meta.url), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, said: out + err };
}

test.each<[string, string, Partial<Behaviour>]>([
  ['while it waits for a ticket', 'connecting', { tickets: undefined }],
  ['while it connects', 'connecting', { sockets: 'hold' }],
  ['while it is open', 'open', {}],
  [
    'while it waits for the next try',
    'waiting',
    { tickets: () => ({ status: 503, headers: { 'Retry-After': '60' } }) },
  ],
  ['while it follows events', 'open', { sockets: 'refuse', events: 'accept' }],
  ['after it was refused', 'refused', { tickets: () => ({ status: 401 }) }],
])('a program that closes it %s can end', async (_, when, behaviour) => {
  expect(await runUntil(when, behaviour)).toStrictEqual({ code: 0, said: '' });
});
