import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { saw } from '../../support/say.ts';
import { type Machine, PATIENCE_MS } from './support/machine.ts';
import { answersData, bootInstalled, make, UNITS } from './support/monitor.ts';
import { dropIn, journal, properties, removeDropIn, status } from './support/systemd.ts';

const AGENT = 'host-metrics-agent';

let machine: Machine;

beforeAll(async () => {
  machine = await bootInstalled();
});

afterAll(async () => {
  await machine.remove();
});

const becomesActive = (unit: string): Promise<void> =>
  eventually(async () => {
    expect(await properties(machine, unit, 'ActiveState')).toStrictEqual({ ActiveState: 'active' });
  }, PATIENCE_MS);

const journalSays = (unit: string, text: string): Promise<void> =>
  eventually(async () => {
    expect(await journal(machine, unit)).toContain(text);
  }, PATIENCE_MS);

describe('memory', () => {
  test.each([
    ['mediamtx-collector', '512 MiB', 512],
    ['mediamtx-api', '1 GiB', 1024],
    [AGENT, '256 MiB', 256],
    ['mediamtx-alerter', '1 GiB', 1024],
  ])('%s may take %s', async (unit, _limit, mebibytes) => {
    const { MemoryMax, MainPID } = await properties(machine, unit, 'MemoryMax', 'MainPID');
    expect(MemoryMax).toBe(String(mebibytes * 2 ** 20));
    const { printed } = await machine.try('grep', '-E', '^Vm(RSS|HWM)', `/proc/${MainPID}/status`);
    saw(`${unit}: ${printed.trim().replaceAll(/\s+/g, ' ')}`);
  });

  test('a service that takes more than it may is ended', async () => {
    await dropIn(machine, AGENT, 'MemoryMax=30M');
    await journalSays(AGENT, 'code=killed, status=9/KILL');
  });

  test('and well again once it may take what it needs', async () => {
    await removeDropIn(machine, AGENT);
    await becomesActive(AGENT);
  });
});

describe('Redis', () => {
  const saysSinceWhen = async (unit: string, change: 'lost' | 'back'): Promise<void> => {
    const line = await eventually(async () => {
      const [found] = (await status(machine, unit)).split('\n').filter((each) => each.includes('Status:'));
      expect(found).toContain(`; Redis ${change} since 20`);
      return found ?? '';
    }, PATIENCE_MS);
    saw(line);
  };

  test.each(UNITS)('lost: the status of %s says since when', async (unit) => {
    await machine.do('systemctl', 'stop', 'redis-server');
    await saysSinceWhen(unit, 'lost');
  });

  test.each(UNITS)('back: the status of %s says since when', async (unit) => {
    await machine.do('systemctl', 'start', 'redis-server');
    await saysSinceWhen(unit, 'back');
  });

  test('back: data are answered', async () => {
    await answersData(machine);
  });
});

describe('an API that is killed', () => {
  test('comes back', async () => {
    await machine.do('systemctl', 'kill', '-s', 'KILL', 'mediamtx-api');
    await eventually(async () => {
      expect(await properties(machine, 'mediamtx-api', 'NRestarts')).toStrictEqual({ NRestarts: '1' });
    }, PATIENCE_MS);
  });

  test('and answers', async () => {
    await answersData(machine);
  });

  test('and a later make install finds nothing to change', async () => {
    expect(await make(machine, 'release', 'install')).toMatchObject({
      code: 0,
      output: expect.stringContaining('Nothing to change: release'),
    });
  });
});

describe('a host agent that hangs', () => {
  let hung: string | undefined;

  beforeAll(async () => {
    await dropIn(machine, AGENT, 'WatchdogSec=4');
    hung = (await properties(machine, AGENT, 'MainPID'))['MainPID'];
    await machine.do('systemctl', 'kill', '-s', 'STOP', AGENT);
  });

  afterAll(async () => {
    await removeDropIn(machine, AGENT);
  });

  test('is ended by the watchdog', async () => {
    await journalSays(AGENT, 'Watchdog timeout');
  });

  test('and started anew', async () => {
    await becomesActive(AGENT);
    expect((await properties(machine, AGENT, 'MainPID'))['MainPID']).not.toBe(hung);
  });
});
