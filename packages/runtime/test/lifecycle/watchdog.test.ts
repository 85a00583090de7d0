import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';

/** The runtime as it is built: only there can a thread of it be started. */
const RUNTIME = new URL('../../dist/index.js', import.meta.url);
const LIMITS = { limitMs: 400, checkMs: 20 };

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

interface ServiceProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<unknown>;
  readonly printed: () => string;
  /** What the service counts up while it lives. */
  readonly count: () => number;
}

/** Runs a service of one part in a process of its own; `part` is JavaScript that makes the part. */
function startService(part: string): ServiceProcess {
  if (!existsSync(RUNTIME)) throw new Error(`${fileURLToPath(RUNTIME)} is missing: run "make build" first`);
  const program = `
    import { Loop, runService, systemClock } from '${RUNTIME.href}';
    const say = (line) => process.stdout.write(line + '\\n');
    const logger = { error: say, warn: say, info: say, debug: say };
    const never = new Promise(() => undefined);
    let count = 0;
    const counting = { name: 'counting', start: () => void setInterval(() => say('count ' + ++count), 20), stop: () => process.exit(0) };
    const idle = (progress) => ({ name: 'idle', start: () => undefined, stop: () => undefined, progress });
    await runService({
      logger, signals: process, exit: (code) => process.exit(code), watchdog: ${JSON.stringify(LIMITS)},
      parts: [counting, ${part}],
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] },
  });
  children.push(child);
  const exited = once(child, 'exit');
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  }
  const count = (): number => Number(/count (\d+)\n(?!.*count \d+\n)/s.exec(text)?.[1] ?? 0);
  return { child, exited, printed: () => text, count };
}

const counted = (service: ServiceProcess, more: number): Promise<void> => {
  const from = service.count();
  return eventually(() => {
    expect(service.count()).toBeGreaterThanOrEqual(from + more);
  });
};

/** Well more looks than the limit has. */
const LONG = Math.ceil((3 * LIMITS.limitMs) / LIMITS.checkMs);

test('a service whose event loop stands still ends with 1, and tells where it stood', async () => {
  const { child, exited, printed } = startService(
    `{ name: 'busy', start: () => void setTimeout(function stuckHere() { for (;;); }, 50), stop: () => undefined }`,
  );
  await exited;
  expect(child.exitCode).toBe(1);
  expect(printed()).toContain('watchdog: the event loop stood still for 400 ms');
  expect(printed()).toContain('at stuckHere');
});

test('one that waits in the system for something that never comes ends, too', async () => {
  const { child, exited } = startService(
    `{ name: 'waiting', stop: () => undefined, start: () =>
      void setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 50) }`,
  );
  await exited;
  expect(child.exitCode).toBe(1);
});

test('one that no debugger reaches is killed', async () => {
  const { child, exited } = startService(
    `{ name: 'deep', stop: () => undefined, start: async () => {
      const { spawnSync } = await import('node:child_process');
      setTimeout(() => spawnSync('sleep', ['20']), 50);
    } }`,
  );
  await exited;
  expect(child.signalCode).toBe('SIGKILL');
});

test('a stop that hangs ends, too', async () => {
  const service = startService(`{ name: 'busy', start: () => undefined, stop: () => { for (;;); } }`);
  await counted(service, 1);
  service.child.kill('SIGTERM');
  await service.exited;
  expect(service.child.exitCode).toBe(1);
});

test('one that does its work goes on', async () => {
  const service = startService(`idle({ intervalMs: 20, count: () => count })`);
  await counted(service, LONG);
  service.child.kill('SIGTERM');
  await service.exited;
  expect(service.child.exitCode).toBe(0);
});

test('a process that was stopped for longer than the limit goes on', async () => {
  const service = startService(`idle({ intervalMs: 20, count: () => count })`);
  await counted(service, 5);
  for (let time = 0; time < 3; time += 1) {
    service.child.kill('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 2 * LIMITS.limitMs));
    service.child.kill('SIGCONT');
    await counted(service, 5);
  }
  await counted(service, LONG);
  expect(service.child.exitCode).toBeNull();
});

test('one that doesn’t begin what is due ends with 1', async () => {
  const { child, exited, printed } = startService(`idle({ intervalMs: 20, count: () => 7 })`);
  await exited;
  expect(child.exitCode).toBe(1);
  expect(printed()).toContain('idle: nothing of what is due was begun for 400 ms');
});

test('a loop with a tick that never ends is such a one', async () => {
  const { child, exited, printed } = startService(
    `new Loop({ intervalSeconds: 1, clock: systemClock, logger, tick: () => never })`,
  );
  await exited;
  expect(child.exitCode).toBe(1);
  expect(printed()).toContain('loop: nothing of what is due was begun for 3000 ms');
});

test('what is due may take three intervals, however short the limit is', async () => {
  const service = startService(`idle({ intervalMs: 600, count: () => Math.floor(count / 75) })`);
  await counted(service, 4 * 75);
  expect(service.child.exitCode).toBeNull();
});
