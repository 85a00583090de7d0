import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { saw } from '../../support/say.ts';
import { type Machine, PATIENCE_MS } from './support/machine.ts';
import {
  answersData,
  ask,
  bootInstalled,
  make,
  SETTINGS,
  setLine,
  TICKET_KEY,
  unsetLine,
} from './support/monitor.ts';
import {
  addService,
  dropIn,
  environmentOf,
  journal,
  properties,
  removeDropIn,
  removeService,
  restart,
  status,
} from './support/systemd.ts';

/** Longer than systemd waits before it tries again. */
const RETRIED_MS = 7_000;

const API = 'mediamtx-api';
const COLLECTOR = 'mediamtx-collector';

let machine: Machine;

beforeAll(async () => {
  machine = await bootInstalled();
});

afterAll(async () => {
  await machine.remove();
});

const statusSays = (unit: string, sentence: string): Promise<void> =>
  eventually(async () => {
    expect(await status(machine, unit)).toContain(sentence);
  }, PATIENCE_MS);

async function isNotTriedAgain(unit: string): Promise<void> {
  await delay(RETRIED_MS);
  const seen = await properties(machine, unit, 'ActiveState', 'NRestarts');
  expect(seen).toStrictEqual({ ActiveState: 'failed', NRestarts: '0' });
}

describe('a wrong setting', () => {
  beforeAll(async () => {
    await setLine(machine, 'API_PORT=none');
    await restart(machine, API);
  });

  afterAll(async () => {
    await unsetLine(machine, 'API_PORT');
  });

  test('is one sentence in systemctl status', async () => {
    await statusSays(API, 'api: API_PORT is "none"; allowed: a port');
  });

  test('and is not tried again', async () => {
    await isNotTriedAgain(API);
  });
});

describe('a port in use', () => {
  beforeAll(async () => {
    const listen = 'require(\\"net\\").createServer().listen(8000, \\"127.0.0.1\\")';
    await addService(machine, 'squatter', `/usr/local/bin/node -e "${listen}"`);
    await restart(machine, API);
  });

  test('is one sentence', async () => {
    await statusSays(
      API,
      'api: 127.0.0.1:8000 is in use by another program; choose another with API_HOST and API_PORT',
    );
  });

  test('and the API starts by itself once it is free', async () => {
    await removeService(machine, 'squatter');
    await answersData(machine);
  });
});

describe('missing settings', () => {
  beforeAll(async () => {
    await machine.do('mv', SETTINGS, '/root/kept.env');
    await restart(machine, COLLECTOR);
  });

  afterAll(async () => {
    await machine.do('mv', '/root/kept.env', SETTINGS);
    await machine.do('systemctl', 'restart', API, COLLECTOR);
  });

  test('are one sentence', async () => {
    await statusSays(
      COLLECTOR,
      `mediamtx-collector: ${SETTINGS} is missing; make it with "sudo make install"`,
    );
  });

  test('and are not tried again', async () => {
    await isNotTriedAgain(COLLECTOR);
  });
});

describe('a Node that is too old', () => {
  const TOO_OLD = 'Node 18.20.8, and 20.12 or newer is needed: see https://nodejs.org';
  const PRETENDS = '/usr/local/lib/old.cjs';
  const PROGRAM = '/usr/local/bin/node18';

  beforeAll(async () => {
    const versions = '{ ...process.versions, node: "18.20.8" }';
    await machine.write(PRETENDS, `Object.defineProperty(process, "versions", { value: ${versions} });\n`);
    await dropIn(machine, API, `Environment=NODE_OPTIONS=--require=${PRETENDS}`);
    await machine.write(PROGRAM, '#!/bin/sh\n[ $1 = --version ] && echo v18.20.8 || echo $0\n');
    await machine.do('chmod', '755', PROGRAM);
  });

  afterAll(async () => {
    await removeDropIn(machine, API);
    await machine.do('rm', PRETENDS, PROGRAM);
  });

  test('is one sentence', async () => {
    await statusSays(API, `api: this is ${TOO_OLD}`);
  });

  test('and is not tried again', async () => {
    await isNotTriedAgain(API);
  });

  test('is refused by make install in one sentence', async () => {
    const { code, output } = await make(machine, 'release', 'install', `NODE=${PROGRAM}`);
    expect(output).toContain(`${PROGRAM} is ${TOO_OLD}`);
    expect(code).not.toBe(0);
  });
});

describe('empty lines of the settings', () => {
  const NAMES = ['STATIC_DIR', 'API_TICKET_KEY_FILE', 'LOG_FILE'];

  beforeAll(async () => {
    for (const name of NAMES) await setLine(machine, `${name}=`);
    await machine.do('systemctl', 'restart', API);
  });

  afterAll(async () => {
    for (const name of NAMES) await unsetLine(machine, name);
    await machine.do('systemctl', 'restart', API);
  });

  test('take nothing away: the dashboard is served', async () => {
    await eventually(async () => {
      expect(await ask(machine, '/')).toMatch(/<!doctype html/i);
    }, PATIENCE_MS);
  });

  test('and there is a key for tickets', async () => {
    expect(await environmentOf(machine, API)).toContain(`API_TICKET_KEY_FILE=${TICKET_KEY}`);
  });

  test('but a log file, and that there is none is said', async () => {
    expect(await journal(machine, API)).toContain(
      'LOG_FILE is empty: there is no log file, only the journal',
    );
  });
});

describe('a full disk', () => {
  beforeAll(async () => {
    // The second file takes what is less than a block of the first.
    await machine.sh(`dd if=/dev/zero of=/tmp/full bs=1M 2>/dev/null
      dd if=/dev/zero of=/tmp/full2 bs=1 count=8192 2>/dev/null; true`);
  });

  afterAll(async () => {
    await machine.do('rm', '/tmp/full', '/tmp/full2');
  });

  test('is one sentence', async () => {
    const line = await eventually(async () => {
      const lines = (await journal(machine, COLLECTOR)).split('\n');
      const found = lines.filter((each) =>
        each.includes("JSON file /tmp/mediamtx_streams.json can't be written"),
      );
      expect(found).not.toHaveLength(0);
      return found[0] ?? '';
    }, PATIENCE_MS);
    expect(line).toContain('the disk is full');
    saw(line);
  });

  test('and the API answers data all the same', async () => {
    await answersData(machine);
  });
});
