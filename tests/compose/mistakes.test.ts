import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { saw } from '../support/say.ts';
import { composeFile, createPlace, createSecrets, type ComposePlace } from './support/place.ts';

const places: ComposePlace[] = [];

async function placeWith(settings: Readonly<Record<string, string>>): Promise<ComposePlace> {
  const place = await createPlace({ COMPOSE_PROFILES: '', ...settings });
  places.push(place);
  return place;
}

afterEach(async () => {
  for (const { compose } of places.splice(0)) await compose.do('down', '--volumes', '--timeout', '2');
});

test('a port in use is told by docker compose up', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { compose } = await placeWith({ PUBLISH_PORT: String(port) });
  const { code, output } = await compose.try('up', '--detach', '--no-build');
  other.close();
  expect(code).not.toBe(0);
  expect(output).toMatch(new RegExp(`127.0.0.1:${port}.*address already in use`));
  saw(output.trim().split('\n').at(-1) ?? '');
});

test('localhost as the address of MediaMTX is explained by the collector', async () => {
  const { compose } = await placeWith({ MEDIAMTX_API_URL: 'http://localhost:9997' });
  await compose.do('up', '--detach', '--no-build', 'collector');
  const line = await eventually(async () => {
    const found = (await compose.logs('collector'))
      .split('\n')
      .find((each) => each.includes('host.docker.internal'));
    expect(found).toBeDefined();
    return found ?? '';
  });
  expect(line).toContain('container');
  saw(line);
});

test('a wrong setting is told by the service that reads it', async () => {
  const { compose } = await placeWith({ POLL_INTERVAL_SECONDS: '7' });
  await compose.do('up', '--detach', '--no-build', 'collector');
  await eventually(async () => {
    expect(await compose.logs('collector')).toContain(
      'POLL_INTERVAL_SECONDS is "7"; allowed: a divisor of 60',
    );
  });
});

test('a password in single quotes in .env reaches the container as it stands', async () => {
  const password = 'pa#ss$word\\x"y`z %20';
  const file = join(mkdtempSync(join(tmpdir(), 'compose-env-')), '.env');
  writeFileSync(file, `MEDIAMTX_API_PASSWORD='${password}'\n`);
  const { compose } = await placeWith({});
  const print = ['collector', 'printenv', 'MEDIAMTX_API_PASSWORD'];
  const { printed } = await compose.try('--env-file', file, 'run', '--rm', '--no-deps', '-T', ...print);
  expect(printed).toBe(`${password}\n`);
});

const OTHERS = { COMPOSE_FILE: 'compose.yaml:compose.prod.yaml', SITE_ADDRESS: 'monitor.test' };

test('a missing folder of secrets is told by docker compose up', async () => {
  const { compose } = await placeWith({ ...OTHERS, SECRETS_DIR: '/nowhere' });
  const { code, output } = await compose.try('up', '--detach', '--no-build');
  expect(code).not.toBe(0);
  expect(output).toContain('bind source path does not exist: /nowhere/');
  saw(output.trim().split('\n').at(-1) ?? '');
});

test.each([{}, OTHERS])(
  'an API_TOKENS_FILE of an earlier release stops the start with the new place (%j)',
  async (more) => {
    const secrets = createSecrets();
    const { compose } = await placeWith({
      ...more,
      SECRETS_DIR: secrets,
      API_TOKENS_FILE: './secrets/api-tokens',
    });
    const { code, output } = await compose.try('up', '--detach', '--no-build');
    expect(code).not.toBe(0);
    expect(output).toContain(`${secrets}/api: API_TOKENS_FILE in .env has no effect any more`);
    expect(await compose.containers('api')).toStrictEqual([]);
    saw(output.trim().split('\n').at(-1) ?? '');
  },
);

test('a tokens file that may not be read says what lets it', async () => {
  const secrets = createSecrets();
  writeFileSync(join(secrets, 'api/tokens'), '', { mode: 0 });
  const { compose } = await placeWith({ ...OTHERS, SECRETS_DIR: secrets });
  await compose.try('up', '--detach', '--no-build', '--no-deps', 'ticket-key', 'redis-users', 'api');
  await eventually(async () => {
    expect(await compose.logs('api')).toMatch(
      /API_TOKENS_FILE is "\/run\/secrets\/api\/tokens", which can't be read \(EACCES.*`chown 1000`/,
    );
  });
});

test('an image that isn’t there is not asked of a registry', async () => {
  const { compose } = await placeWith({ IMAGE_TAG: 'not-there' });
  const { code, output } = await compose.try('up', '--detach', '--no-build');
  expect(code).not.toBe(0);
  expect(output).toMatch(/No such image: mediamtx-monitor\/\w+/i);
  expect(output).not.toMatch(/pull/i);
  saw(output.trim().split('\n').at(-1) ?? '');
});

test('a host agent that can’t be started leaves the rest running', async () => {
  // A file in the place of a folder: refused when it starts, as much else is that a machine doesn't allow.
  const refused = composeFile('services: { host-agent: { volumes: [/etc/hostname:/app/services:ro] } }');
  const place = await placeWith({ COMPOSE_FILE: `compose.yaml:${refused}`, COMPOSE_PROFILES: 'demo' });
  const { code, output } = await place.compose.try('up', '--detach', '--no-build');
  expect(code).not.toBe(0);
  expect(output).toContain('/app/services');
  await eventually(async () => {
    expect((await place.streams()).length).toBeGreaterThan(0);
  }, 60_000);
});

test('Grafana without a password stops, and nothing else does', async () => {
  const { compose } = await placeWith({
    COMPOSE_PROFILES: 'observability',
    GRAFANA_PORT: '0',
    PROMETHEUS_PORT: '0',
  });
  await compose.do('up', '--detach', '--no-build', 'prometheus', 'grafana');
  await eventually(async () => {
    expect(await compose.logs('grafana')).toContain('GRAFANA_PASSWORD is not set: choose one in .env');
  });
  expect(await compose.containers('prometheus')).toMatchObject([{ state: 'running' }]);
});
