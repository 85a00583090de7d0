import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import {
  findServiceManager,
  type ServiceManager,
  ServiceManagerPart,
} from '../../src/lifecycle/service-manager.ts';
import { RedisOutages } from '../../src/redis/outages.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';
import { useTempDirectory } from '../support/temp-directory.ts';

const silent = createRecordingLogger().logger;

describe('the service manager', () => {
  test('is none where the environment names no socket', () => {
    expect(findServiceManager({ WATCHDOG_USEC: '1000000' }, 1, silent)).toBeNull();
  });

  test.each([
    [{}, null],
    [{ WATCHDOG_USEC: '60000000' }, 60_000],
    [{ WATCHDOG_USEC: '60000000', WATCHDOG_PID: '77' }, 60_000],
    [{ WATCHDOG_USEC: '60000000', WATCHDOG_PID: '78' }, null],
  ])('with %j asks process 77 every %s ms for a sign of life', (env, watchdogMs) => {
    expect(findServiceManager({ NOTIFY_SOCKET: '/s', ...env }, 77, silent)?.watchdogMs).toBe(watchdogMs);
  });
});

describe('what is told', () => {
  const at = useTempDirectory();
  const program = (script: string): Record<string, string> => {
    writeFileSync(at('systemd-notify'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return { NOTIFY_SOCKET: '/run/notify', PATH: `${at()}:/usr/bin:/bin`, API_TOKENS: 'geheim' };
  };

  test('goes through systemd-notify, which gets the socket and no secret', async () => {
    const env = program(
      `{ printf '%s|' "$@"; env; } >"${at('part')}"; mv "${at('part')}" "${at('notified')}"`,
    );
    findServiceManager(env, 1, silent)?.notify('READY=1', 'STATUS=12 streams');
    await eventually(() => {
      expect(readFileSync(at('notified'), 'utf8')).toMatch(/^READY=1\|STATUS=12 streams\|/);
    });
    expect(readFileSync(at('notified'), 'utf8')).toContain('NOTIFY_SOCKET=/run/notify');
    expect(readFileSync(at('notified'), 'utf8')).not.toContain('geheim');
  });

  test.each([
    ['fails', () => program('exit 3'), /failed.*ended with 3/],
    ['is missing', () => ({ NOTIFY_SOCKET: '/run/notify', PATH: at() }), /failed.*ENOENT/],
  ])('is missed in the log when the program %s, and nothing breaks', async (_why, environment, line) => {
    const { logger, lines } = createRecordingLogger();
    findServiceManager(environment(), 1, logger)?.notify('READY=1');
    await eventually(() => {
      expect(lines).toStrictEqual([expect.stringMatching(line)]);
    });
  });
});

describe('a service', () => {
  afterEach(() => {
    jest.useRealTimers();
  });
  const createManager = (watchdogMs: number | null): { notified: string[]; manager: ServiceManager } => {
    const notified: string[] = [];
    return {
      notified,
      manager: { watchdogMs, notify: (...changes) => void notified.push(changes.join(' ')) },
    };
  };
  const COMMANDS = { setting: 'REDIS_URL', purpose: 'commands' };
  const createOutages = () =>
    new RedisOutages({ wallMs: () => Date.UTC(2026, 10, 29), monotonicMs: () => 0 });

  test('says when it is ready, twice an interval that it lives, and when it stops', () => {
    jest.useFakeTimers();
    const { notified, manager } = createManager(60_000);
    const part = new ServiceManagerPart({
      manager,
      status: () => '2 streams\nof main',
      outages: createOutages(),
    });
    part.start();
    expect(notified).toStrictEqual(['READY=1 STATUS=2 streams of main']);
    jest.advanceTimersByTime(60_000);
    expect(notified.slice(1)).toStrictEqual(Array(2).fill('WATCHDOG=1 STATUS=2 streams of main'));
    part.stop();
    jest.advanceTimersByTime(120_000);
    expect(notified.slice(3)).toStrictEqual(['STOPPING=1 STATUS=stopping']);
  });

  test('says within seconds how it is, when that has changed', () => {
    jest.useFakeTimers();
    const { notified, manager } = createManager(60_000);
    let status = '1 stream';
    new ServiceManagerPart({ manager, status: () => status, outages: createOutages() }).start();
    status = '2 streams';
    jest.advanceTimersByTime(20_000);
    expect(notified.slice(1)).toStrictEqual(['WATCHDOG=1 STATUS=2 streams']);
    jest.advanceTimersByTime(15_000);
    expect(notified.slice(2)).toStrictEqual(['WATCHDOG=1 STATUS=2 streams']);
  });

  test('says within seconds that Redis is lost, and that it is back', () => {
    jest.useFakeTimers();
    const { notified, manager } = createManager(60_000);
    const outages = createOutages();
    new ServiceManagerPart({ manager, status: () => '1 stream', outages }).start();
    outages.ready(COMMANDS);
    outages.lost(COMMANDS, 'ECONNREFUSED');
    jest.advanceTimersByTime(5_000);
    expect(notified.slice(1)).toStrictEqual([
      'WATCHDOG=1 STATUS=1 stream; Redis lost since 2026-11-29T00:00:00Z: ECONNREFUSED',
    ]);
    outages.ready(COMMANDS);
    jest.advanceTimersByTime(5_000);
    expect(notified.slice(2)).toStrictEqual([
      'WATCHDOG=1 STATUS=1 stream; Redis back since 2026-11-29T00:00:00Z',
    ]);
  });

  test('gives no sign of life where none is asked for', () => {
    jest.useFakeTimers();
    const { notified, manager } = createManager(null);
    new ServiceManagerPart({ manager, status: () => 'fine', outages: createOutages() }).start();
    jest.advanceTimersByTime(600_000);
    expect(notified).toStrictEqual(['READY=1 STATUS=fine']);
  });

  test('tells nobody without a service manager', () => {
    const part = new ServiceManagerPart({
      manager: null,
      status: () => {
        throw new Error('asked for nothing');
      },
      outages: createOutages(),
    });
    part.start();
    part.stop();
  });
});
