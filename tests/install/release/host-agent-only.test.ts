import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { readText } from '../../docs/support/documents.ts';
import { type Machine, PATIENCE_MS, runMachine } from './support/machine.ts';
import { bootEquipped, everything, HOME, make } from './support/monitor.ts';
import { addNextRelease } from './support/releases.ts';
import { status } from './support/systemd.ts';

const AGENT = 'host-metrics-agent';
const PASSWORD = 'choose-a-password';
/** It starts a Redis with these arguments, and starts it anew some time after it was ended. */
const KEEPS_REDIS = 'while :; do redis-server "$@"; sleep 20; done';

let machine: Machine;
let clean: readonly string[];
/** Another machine, of which only its Redis matters. */
let central: Machine;

const redisCli = (...command: readonly string[]) =>
  central.try('redis-cli', '-a', PASSWORD, '--no-auth-warning', ...command);

const statusSays = (text: string): Promise<void> =>
  eventually(async () => {
    expect(await status(machine, AGENT)).toContain(text);
  }, PATIENCE_MS);

beforeAll(async () => {
  machine = await bootEquipped();
  clean = await everything(machine);
  const [, user = ''] = /^user (host-agent .*~mediamtx:hosts.*)$/m.exec(readText('docs/operations.md')) ?? [];
  central = await runMachine(KEEPS_REDIS, '--requirepass', PASSWORD, '--user', ...user.split(' '));
});

afterAll(async () => {
  await machine.remove();
  await central.remove();
});

/** Its units and programs. */
async function parts(): Promise<readonly string[]> {
  const units = (await machine.do('ls', '/etc/systemd/system')).split('\n');
  const programs = (await machine.do('ls', `${HOME}/bin`)).trim().split('\n');
  return [...units.filter((name) => /mediamtx|host/.test(name)), ...programs];
}

describe('make install ONLY=host-agent', () => {
  test('without an address of Redis says what to set', async () => {
    expect((await make(machine, 'release', 'install', 'ONLY=host-agent')).output).toContain(
      "The host agent can't store what it sees",
    );
    await machine.do('/root/release/lib/setup/uninstall.sh');
  });

  test('with one works', async () => {
    const url = `redis://host-agent:choose-another@${await central.address()}:6379`;
    expect(await make(machine, 'release', 'install', 'ONLY=host-agent', `REDIS_URL=${url}`)).toMatchObject({
      code: 0,
      output: expect.stringContaining(' is stored in Redis'),
    });
  });

  test('the Redis of the other machine has this host', async () => {
    expect((await redisCli('keys', 'mediamtx:host:*:latest')).output).toContain(':latest');
  });

  test('there is nothing else of it: units and programs', async () => {
    expect(await parts()).toStrictEqual([`${AGENT}.service`, AGENT]);
  });

  test('its status says since when that Redis is lost', async () => {
    await redisCli('shutdown', 'nosave');
    await statusSays('Redis lost since 20');
  });

  test('and since when it is back', async () => {
    await statusSays('Redis back since 20');
  });
});

describe('the host agent only', () => {
  test('is all that an upgrade upgrades', async () => {
    await addNextRelease(machine);
    expect(await make(machine, 'next', 'upgrade')).toMatchObject({ code: 0 });
    expect(await machine.do('readlink', `${HOME}/lib/current`)).toMatch(/-next\n$/);
    expect(await parts()).toStrictEqual([`${AGENT}.service`, AGENT]);
  });

  test('is uninstalled', async () => {
    await machine.do(`${HOME}/lib/current/setup/uninstall.sh`);
  });

  test('and nothing is left', async () => {
    expect(await everything(machine)).toStrictEqual(clean);
  });
});
