import { EventEmitter } from 'node:events';
import { describe, expect, jest, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { Part } from '../../src/lifecycle/part.ts';
import { type RunOptions, runService } from '../../src/lifecycle/run-service.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';

const never = new Promise<never>(() => undefined);

interface TestService {
  /** What happened, in order. */
  readonly events: string[];
  readonly signals: EventEmitter;
  readonly part: (name: string, overrides?: Partial<Part>) => Part;
  readonly run: (parts: readonly Part[], stopDeadlineMs?: number) => Promise<number>;
}

function createService(): TestService {
  const { logger, lines: events } = createRecordingLogger();
  const signals = new EventEmitter();
  return {
    events,
    signals,
    part: (name, overrides) => ({
      name,
      start: () => void events.push(`start ${name}`),
      stop: () => void events.push(`stop ${name}`),
      ...overrides,
    }),
    run: (parts, stopDeadlineMs = 60_000) =>
      runService({
        logger,
        parts,
        signals: signals as unknown as RunOptions['signals'],
        exit: (code) => void events.push(`exit ${code}`),
        stopDeadlineMs,
        watchdog: null,
      }),
  };
}

const includes = (events: readonly string[], event: string) =>
  eventually(() => {
    expect(events).toContain(event);
  });
const listeners = (signals: EventEmitter): number =>
  signals.listenerCount('SIGTERM') +
  signals.listenerCount('SIGINT') +
  signals.listenerCount('uncaughtException');

test.each([new TypeError('a mistake'), 'a text', undefined])(
  'what nobody caught (%p) is logged and ends the process',
  async (thrown) => {
    const { events, signals, part, run } = createService();
    const running = run([part('a')]);
    await includes(events, 'start a');
    signals.emit('uncaughtException', thrown, 'uncaughtException');
    expect(events.slice(1)).toStrictEqual([
      expect.stringMatching(/^error an error that nobody caught ends this service/),
      'exit 1',
    ]);
    signals.emit('SIGTERM', 'SIGTERM');
    await running;
  },
);

describe('a service', () => {
  test.each(['SIGTERM', 'SIGINT'])(
    'starts its parts in order and stops them in reverse at %s',
    async (signal) => {
      const { events, signals, part, run } = createService();
      const running = run([part('a'), part('b'), part('c')]);
      await includes(events, 'start c');
      expect(events).toStrictEqual(['start a', 'start b', 'start c']);
      signals.emit(signal, signal);
      expect(await running).toBe(0);
      expect(events.slice(3)).toStrictEqual([`info ${signal}: stopping`, 'stop c', 'stop b', 'stop a']);
      expect(listeners(signals)).toBe(0);
    },
  );

  test('waits for each part before the next, at the start and at the end', async () => {
    const { events, signals, part, run } = createService();
    const slowly = (what: string) => async (): Promise<void> => {
      events.push(`${what} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      events.push(`${what} ends`);
    };
    const running = run([part('a', { start: slowly('start a') }), part('b', { stop: slowly('stop b') })]);
    await includes(events, 'start b');
    signals.emit('SIGTERM', 'SIGTERM');
    await running;
    expect(events).toStrictEqual([
      'start a begins',
      'start a ends',
      'start b',
      'info SIGTERM: stopping',
      'stop b begins',
      'stop b ends',
      'stop a',
    ]);
  });

  test('without parts runs until a signal', async () => {
    const { signals, run } = createService();
    const running = run([]);
    expect(await Promise.race([running, Promise.resolve('runs')])).toBe('runs');
    signals.emit('SIGINT', 'SIGINT');
    expect(await running).toBe(0);
  });
});

describe('a part that fails', () => {
  test('to start stops those before it, is thrown, and no further one starts', async () => {
    const { events, signals, part, run } = createService();
    const broken = part('c', { start: () => Promise.reject(new Error('port in use')) });
    await expect(run([part('a'), part('b'), broken, part('d')])).rejects.toThrow('port in use');
    expect(events).toStrictEqual(['start a', 'start b', 'stop b', 'stop a']);
    expect(listeners(signals)).toBe(0);
  });

  test('to start by throwing is treated alike', async () => {
    const { events, part, run } = createService();
    const broken = part('b', {
      start: () => {
        throw new Error('wrong');
      },
    });
    await expect(run([part('a'), broken])).rejects.toThrow('wrong');
    expect(events).toStrictEqual(['start a', 'stop a']);
  });

  test('to stop is logged, and the others still stop', async () => {
    const { events, signals, part, run } = createService();
    const running = run([
      part('a'),
      part('b', { stop: () => Promise.reject(new Error('gone')) }),
      part('c', {
        stop: () => {
          throw new Error('gone too');
        },
      }),
    ]);
    await includes(events, 'start a');
    signals.emit('SIGTERM', 'SIGTERM');
    expect(await running).toBe(0);
    expect(events.slice(-3)).toStrictEqual([
      'error c did not stop cleanly',
      'error b did not stop cleanly',
      'stop a',
    ]);
  });
});

describe('a signal', () => {
  test('during the start stops what has been started, and starts nothing more', async () => {
    const { events, signals, part, run } = createService();
    let started = (): void => undefined;
    const slow = part('b', { start: () => new Promise<void>((resolve) => (started = resolve)) });
    const running = run([part('a'), slow, part('c')]);
    await includes(events, 'start a');
    signals.emit('SIGTERM', 'SIGTERM');
    started();
    expect(await running).toBe(0);
    expect(events).toStrictEqual(['start a', 'info SIGTERM: stopping', 'stop b', 'stop a']);
  });

  test.each([
    ['SIGTERM', 'SIGTERM'],
    ['SIGTERM', 'SIGINT'],
    ['SIGINT', 'SIGINT'],
  ])('after a first one exits at once (%s, %s)', async (first, second) => {
    const { events, signals, part, run } = createService();
    void run([part('a', { stop: () => never })]);
    await includes(events, 'start a');
    signals.emit(first, first);
    expect(events).not.toContain('exit 1');
    signals.emit(second, second);
    expect(events.slice(-2)).toStrictEqual([`warn ${second} again: leaving at once`, 'exit 1']);
  });
});

describe('the deadline', () => {
  test('isn’t reached since one part takes long to stop: it is waited for 3 s', async () => {
    const { events, signals, part, run } = createService();
    const running = run([part('a'), part('b', { stop: () => never })], 8_000);
    await includes(events, 'start a');
    jest.useFakeTimers();
    try {
      signals.emit('SIGTERM', 'SIGTERM');
      await jest.advanceTimersByTimeAsync(2_999);
      expect(events).not.toContain('stop a');
      await jest.advanceTimersByTimeAsync(1);
      expect(events.at(-1)).toBe('stop a');
      expect(await running).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });

  test('exits when a part does not stop', async () => {
    const { events, signals, part, run } = createService();
    void run([part('a', { stop: () => never })], 20);
    await includes(events, 'start a');
    signals.emit('SIGTERM', 'SIGTERM');
    await includes(events, 'exit 1');
    expect(events).toContain('error not stopped within 20 ms: leaving at once');
  });

  test('exits when a part is still starting', async () => {
    const { events, signals, part, run } = createService();
    void run([part('a'), part('b', { start: () => never })], 20);
    await includes(events, 'start a');
    signals.emit('SIGTERM', 'SIGTERM');
    await includes(events, 'exit 1');
  });

  test('does not count before a signal', async () => {
    const { events, signals, part, run } = createService();
    let passed = false;
    const running = run([part('a')], 1);
    setTimeout(() => (passed = true), 20);
    await eventually(() => {
      expect(passed).toBe(true);
    });
    expect(events).toStrictEqual(['start a']);
    signals.emit('SIGTERM', 'SIGTERM');
    expect(await running).toBe(0);
  });

  test('ends with the last part: what the parts have left behind is no failure', async () => {
    const { events, signals, part, run } = createService();
    const running = run([part('a')], 20);
    await includes(events, 'start a');
    signals.emit('SIGTERM', 'SIGTERM');
    expect(await running).toBe(0);
    await includes(events, 'exit 0');
    expect(events).not.toContain('exit 1');
  });
});
