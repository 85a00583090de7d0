import { describe, expect, test } from '@jest/globals';
import {
  adviceOnRefusedAccess,
  adviceOnRefusedConnection,
  adviceOnUnknownHost,
  type AskedServer,
} from '../../src/poll/advice.ts';

const asked = (url: string, facts: Partial<AskedServer> = {}): AskedServer => ({
  url,
  credentials: 'none',
  inContainer: false,
  ...facts,
});
const linesOf = (text: string): string[] => text.split('\n').slice(1);

describe('a refused connection', () => {
  test.each([
    ['http://127.0.0.1:9997', ':9997'],
    ['http://media.example.com:19997', ':19997'],
    ['http://media.example.com', ':80'],
    ['https://media.example.com/api', ':443'],
  ])('of %s gives the lines for mediamtx.yml', (url, apiAddress) => {
    expect(linesOf(adviceOnRefusedConnection(asked(url)))).toStrictEqual([
      'api: yes',
      `apiAddress: ${apiAddress}`,
    ]);
  });

  test.each([
    ['http://localhost:9997', 'http://host.docker.internal:9997'],
    ['http://127.0.0.1:9997', 'http://host.docker.internal:9997'],
    ['http://127.1.2.3', 'http://host.docker.internal'],
    ['https://[::1]:8443/media', 'https://host.docker.internal:8443/media'],
    ['http://media.localhost:9997', 'http://host.docker.internal:9997'],
  ])('of %s inside a container says in one line where the host is', (url, better) => {
    const advice = adviceOnRefusedConnection(asked(url, { inContainer: true }));
    expect(advice).toContain(`inside a container ${new URL(url).hostname} is the container itself`);
    expect(advice).toContain(`MEDIAMTX_API_URL=${better} `);
    expect(advice).toContain('extra_hosts');
    expect(linesOf(advice)).toStrictEqual([]);
  });

  test('of another machine inside a container gives the lines too', () => {
    for (const host of ['host.docker.internal', '10.0.0.7', 'localhost.example.com']) {
      const advice = adviceOnRefusedConnection(asked(`http://${host}:9997`, { inContainer: true }));
      expect(linesOf(advice)).toStrictEqual(['api: yes', 'apiAddress: :9997']);
    }
  });
});

test('a host that isn’t known: the setting, or what gives a container’s host its name', () => {
  expect(adviceOnUnknownHost(asked('http://nowhere:9997'))).toBe('Check MEDIAMTX_API_URL.');
  expect(adviceOnUnknownHost(asked('http://host.docker.internal:9997', { inContainer: true }))).toContain(
    'extra_hosts: ["host.docker.internal:host-gateway"]',
  );
});

describe('refused access', () => {
  const ENTRY = [
    '  - user: monitor',
    '    pass: choose-a-password',
    '    permissions:',
    '      - action: api',
  ];

  test.each(['none', 'login'] as const)(
    'gives the entry for authInternalUsers (credentials: %s)',
    (credentials) => {
      const advice = adviceOnRefusedAccess(asked('http://media:9997', { credentials }));
      expect(linesOf(advice)).toStrictEqual(ENTRY);
      expect(advice).toContain('authInternalUsers');
      expect(advice).toContain('MEDIAMTX_API_USER=monitor');
      expect(advice).toContain('MEDIAMTX_API_PASSWORD');
      expect(advice).not.toContain('TOKEN');
    },
  );

  test('of a token speaks of the token only', () => {
    const advice = adviceOnRefusedAccess(asked('http://media:9997', { credentials: 'token' }));
    expect(advice).toContain('MEDIAMTX_API_TOKEN_FILE');
    expect(advice).not.toMatch(/USER|PASSWORD|authInternalUsers/);
    expect(linesOf(advice)).toStrictEqual(['"mediamtx_permissions": [{"action": "api"}]']);
  });
});
