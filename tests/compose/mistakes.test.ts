import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { createPlace, type Place } from './support/place.ts';
import { saw } from './support/say.ts';

const places: Place[] = [];

async function placeWith(settings: Readonly<Record<string, string>>): Promise<Place> {
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

test('a missing secret file is told by docker compose up', async () => {
  const { compose } = await placeWith({
    COMPOSE_FILE: 'compose.yaml:compose.prod.yaml',
    SITE_ADDRESS: 'monitor.example.com',
    API_TOKENS_FILE: '/nowhere/tokens',
  });
  const { code, output } = await compose.try('up', '--detach', '--no-build');
  expect(code).not.toBe(0);
  expect(output).toContain('/nowhere/tokens');
  saw(output.trim().split('\n').at(-1) ?? '');
});
