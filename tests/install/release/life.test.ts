import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { saw } from '../../support/say.ts';
import type { Machine } from './support/machine.ts';
import {
  answersData,
  ask,
  bootEquipped,
  everything,
  HOME,
  make,
  processes,
  removeSource,
  SETTINGS,
  setLine,
  startSource,
  TICKET_KEY,
  UNITS,
} from './support/monitor.ts';
import { addBrokenRelease, addNextRelease } from './support/releases.ts';
import { environmentOf, properties } from './support/systemd.ts';

/** The greatest exposure that `systemd-analyze security` may find. */
const EXPOSURE_MAX = 2.5;

let machine: Machine;
let clean: readonly string[];

const releaseInUse = async (): Promise<string> =>
  (await machine.do('readlink', `${HOME}/lib/current`)).trim();
const ticketKey = (): Promise<string> => machine.do('cat', TICKET_KEY);

/** All that an installation consists of, with modes and times, and a process that would have been restarted. */
async function installed(): Promise<readonly string[]> {
  const files = await machine.sh(
    `find ${HOME} /etc/systemd ${SETTINGS} ${TICKET_KEY} -not -path '*/logs/*' -printf '%p %m %u %g %T@ %s %l\n'`,
  );
  const { MainPID } = await properties(machine, 'mediamtx-api', 'MainPID');
  return [...files.split('\n').sort(), `process ${MainPID}`];
}

beforeAll(async () => {
  machine = await bootEquipped();
  clean = await everything(machine);
});

afterAll(async () => {
  await machine.remove();
});

describe('make install', () => {
  let before: readonly string[];

  test('without Redis says in one sentence what to install', async () => {
    expect((await make(machine, 'release', 'install')).output).toContain(
      'No Redis answers at 127.0.0.1:6379: install one ("sudo apt-get install redis-server")',
    );
  });

  test('once Redis runs, the API answers data from it', async () => {
    await machine.do('systemctl', 'start', 'redis-server');
    await startSource(machine);
    saw(`streams: ${(await answersData(machine)).join(', ')}`);
  });

  test('a second time says that nothing changes', async () => {
    before = await installed();
    const { code, output } = await make(machine, 'release', 'install');
    expect(output).toContain('Nothing to change: release');
    expect(code).toBe(0);
    saw(output);
  });

  test('and nothing has: files, modes, times, processes', async () => {
    expect(await installed()).toStrictEqual(before);
  });

  test.each(UNITS)('%s is active, ready, watched, and runs as mediamtxmon', async (unit) => {
    const seen = await properties(machine, unit, 'Type', 'ActiveState', 'WatchdogUSec', 'User');
    expect(seen).toStrictEqual({
      // Active is such a one only when it has said that it is ready.
      Type: 'notify',
      ActiveState: 'active',
      WatchdogUSec: '1min',
      User: 'mediamtxmon',
    });
  });

  test('another user reads the JSON file in /tmp', async () => {
    const text = await machine.do('runuser', '-u', 'nobody', '--', 'cat', '/tmp/mediamtx_streams.json');
    expect(text).toContain('"name"');
  });

  test('the API has a key for tickets, which only root and mediamtxmon can read', async () => {
    const as = (user: string) => machine.try('runuser', '-u', user, '--', 'cat', TICKET_KEY);
    expect(await environmentOf(machine, 'mediamtx-api')).toContain(`API_TICKET_KEY_FILE=${TICKET_KEY}`);
    expect((await as('mediamtxmon')).output).toMatch(/^[0-9a-f]{64}$/);
    expect(await as('nobody')).toMatchObject({ code: 1, printed: '' });
  });

  test('mediamtx-snapshot writes what the server says', async () => {
    expect(await machine.do(`${HOME}/bin/mediamtx-snapshot`)).toContain('"type": "mediamtx-snapshot"');
  });

  test('the dashboard is served', async () => {
    expect(await ask(machine, '/')).toMatch(/<!doctype html/i);
  });
});

describe('hardening', () => {
  test.each(UNITS)(`%s is exposed to ${EXPOSURE_MAX} at most`, async (unit) => {
    const said = await machine.do('systemd-analyze', '--no-pager', 'security', unit);
    const [, level = ''] = /level for .*: ([0-9.]+)/.exec(said) ?? [];
    saw(`${unit}: ${level}`);
    expect(level).not.toBe('');
    expect(Number(level)).toBeLessThanOrEqual(EXPOSURE_MAX);
  });
});

describe('a reboot', () => {
  test('starts the services, and data are answered', async () => {
    await machine.reboot();
    await answersData(machine);
  });
});

describe('make upgrade', () => {
  let first: string;
  let second: string;
  let key: string;

  beforeAll(async () => {
    await addNextRelease(machine);
    await addBrokenRelease(machine);
    await setLine(machine, '# a line of the operator');
    first = await releaseInUse();
    key = await ticketKey();
  });

  test('installs the next release', async () => {
    expect(await make(machine, 'next', 'upgrade')).toMatchObject({ code: 0 });
    second = await releaseInUse();
    saw(`from ${first} to ${second}`);
    expect(second).toBe(`${first}-next`);
  });

  test('the API answers data', async () => {
    await answersData(machine);
  });

  test('the settings are as they were', async () => {
    expect(await machine.do('cat', SETTINGS)).toContain('\n# a line of the operator\n');
  });

  test('and so is the key for tickets', async () => {
    expect(await ticketKey()).toBe(key);
  });

  test('rolls back a release that does not work, and says why', async () => {
    const { code, output } = await make(machine, 'broken', 'upgrade');
    expect(output).toContain('broken on purpose');
    expect(code).not.toBe(0);
  });

  test('the one before runs', async () => {
    expect(await releaseInUse()).toBe(second);
  });

  test('and answers data', async () => {
    await answersData(machine);
  });

  test('nothing of the broken one is left', async () => {
    const folders = (await machine.do('ls', `${HOME}/lib`)).split('\n').filter((name) => /^\d/.test(name));
    expect(folders.sort()).toStrictEqual([first, second].sort());
  });

  test('by hand it goes back to the release before', async () => {
    await machine.do(`${HOME}/lib/${first}/setup/upgrade.sh`);
    expect(await releaseInUse()).toBe(first);
  });

  test('which answers data', async () => {
    await answersData(machine);
  });
});

describe('make uninstall KEEP_SETTINGS=1', () => {
  let key: string;

  test('uninstalls', async () => {
    key = await ticketKey();
    expect(await make(machine, 'release', 'uninstall', 'KEEP_SETTINGS=1')).toMatchObject({ code: 0 });
  });

  test('keeps the settings, which the next installation uses', async () => {
    expect(await make(machine, 'release', 'install')).toMatchObject({ code: 0 });
  });

  test('whose user may read them', async () => {
    const settings = await machine.do('runuser', '-u', 'mediamtxmon', '--', 'cat', SETTINGS);
    expect(settings).toContain('\n# a line of the operator\n');
  });

  test('and the key for tickets, which is the same', async () => {
    expect(await machine.do('runuser', '-u', 'mediamtxmon', '--', 'cat', TICKET_KEY)).toBe(key);
  });

  test('and data are answered', async () => {
    await answersData(machine);
  });
});

describe('make uninstall', () => {
  let ran: readonly string[];

  test('uninstalls', async () => {
    ran = await processes(machine);
    await removeSource(machine);
    expect(await make(machine, 'release', 'uninstall')).toMatchObject({ code: 0 });
  });

  test('leaves nothing: files, user, units', async () => {
    await machine.do('systemctl', 'stop', 'redis-server');
    expect(await everything(machine)).toStrictEqual(clean);
  });

  test('and nothing runs', async () => {
    expect(ran.length).toBeGreaterThanOrEqual(UNITS.length);
    expect(await processes(machine)).toStrictEqual([]);
    const COULD_NOT_CONNECT = 7;
    expect(await machine.try('curl', '--silent', 'http://127.0.0.1:8000/')).toMatchObject({
      code: COULD_NOT_CONNECT,
    });
  });
});
