import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually, freePort } from '@mediamtx-monitor/testkit';
import { run } from '../support/command.ts';
import { saw } from '../support/say.ts';
import { createPlace, createSecrets, type ComposePlace } from './support/place.ts';

const NAME = 'monitor.test';
const PATIENCE_MS = 60_000;

let place: ComposePlace;
let secrets: string;
let tlsPort: number;
let prometheusUrl: string;
let authority: string;

interface MadeToken {
  readonly token: string;
  readonly line: string;
}

interface ProxyAnswer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
}

/** Makes a token as the documents say, without Node on this machine. */
async function makeToken(name: string): Promise<MadeToken> {
  const output = await place.compose.do('run', '--rm', '--no-deps', '-T', 'api', 'token', name);
  const [, token = ''] = /^Token, shown only now: +(\S+)$/m.exec(output) ?? [];
  const [, line = ''] = /^Line for the API: +(\S+)$/m.exec(output) ?? [];
  expect(output).toContain('Put the line into tokens in secrets/api');
  return { token, line };
}

/** Replaces a file as editors and Ansible do. */
function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o444 });
  renameSync(`${path}.new`, path);
}

/** Asks a proxy over TLS, under its name, trusting one authority only. */
function askProxy(port: number, ca: string, path: string, token?: string): Promise<ProxyAnswer> {
  return new Promise((resolve, reject) => {
    const headers = { host: NAME, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    request({ host: '127.0.0.1', port, servername: NAME, path, headers, ca, agent: false }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers });
    })
      .on('error', reject)
      .end();
  });
}

/** Asks that of this file, trusting its own authority only. */
const askOverTls = (path: string, token?: string): Promise<ProxyAnswer> =>
  askProxy(tlsPort, authority, path, token);

const tokensFile = (): string => join(secrets, 'api/tokens');
let first: MadeToken;
let ofPrometheus: MadeToken;

beforeAll(async () => {
  secrets = createSecrets();
  tlsPort = await freePort();
  const prometheusPort = await freePort();
  prometheusUrl = `http://127.0.0.1:${prometheusPort}`;
  place = await createPlace({
    COMPOSE_FILE: 'compose.yaml:compose.prod.yaml',
    COMPOSE_PROFILES: 'demo,observability',
    SECRETS_DIR: secrets,
    SITE_ADDRESS: NAME,
    SITE_TLS: 'internal',
    SITE_HSTS: 'max-age=600',
    PUBLISH_TLS_PORT: String(tlsPort),
    PROMETHEUS_PORT: String(prometheusPort),
    API_REPLICAS: '1',
  });
  first = await makeToken('first');
  ofPrometheus = await makeToken('prometheus');
  replaceFile(tokensFile(), `${first.line}\n${ofPrometheus.line}\n`);
  replaceFile(join(secrets, 'prometheus/token'), ofPrometheus.token);
  await place.compose.do(
    'up',
    '--detach',
    '--no-build',
    'collector',
    'mediamtx',
    'host-agent',
    'alerter',
    'proxy',
    'prometheus',
  );
  authority = await eventually(
    () => place.compose.do('exec', '-T', 'proxy', 'cat', '/data/caddy/pki/authorities/local/root.crt'),
    PATIENCE_MS,
  );
});

afterAll(async () => {
  await place.compose.do('--profile', '*', 'down', '--volumes', '--timeout', '2');
});

test('over HTTPS it takes tokens, and nobody without', async () => {
  expect((await askOverTls('/api/servers', first.token)).status).toBe(200);
  expect((await askOverTls('/api/servers')).status).toBe(401);
});

test('http leads to the port on which HTTPS is published', async () => {
  const { status, headers } = await fetch(`${place.url}/api/servers?a=b`, { redirect: 'manual' });
  expect([status, headers.get('location')]).toStrictEqual([
    308,
    `https://${NAME}:${tlsPort}/api/servers?a=b`,
  ]);
});

test('it promises HTTPS for the name because a setting says so, and no HTTP/3', async () => {
  const { headers } = await askOverTls('/');
  expect(headers['strict-transport-security']).toBe('max-age=600');
  expect(headers).not.toHaveProperty('alt-svc');
});

test('Prometheus gets all metrics, with tokens and TLS', async () => {
  const jobs = await eventually(async () => {
    const response = await fetch(`${prometheusUrl}/api/v1/targets?state=active`);
    const { data } = (await response.json()) as {
      data: { activeTargets: { labels: { job: string }; health: string; lastError: string }[] };
    };
    const targets = data.activeTargets.map(({ labels, health, lastError }) =>
      `${labels.job} ${health} ${lastError}`.trim(),
    );
    expect(targets.sort()).toStrictEqual([
      'mediamtx-monitor-alerter up',
      'mediamtx-monitor-api up',
      'mediamtx-monitor-collector up',
      'mediamtx-monitor-host-agent up',
      'mediamtx-monitor-streams up',
    ]);
    return targets;
  }, PATIENCE_MS);
  saw(jobs.join(', '));
});

test('a token whose line was taken out of a replaced file is refused, and the new one let in', async () => {
  const second = await makeToken('second');
  replaceFile(tokensFile(), `${second.line}\n${ofPrometheus.line}\n`);
  await eventually(async () => {
    expect((await askOverTls('/api/servers', first.token)).status).toBe(401);
    expect((await askOverTls('/api/servers', second.token)).status).toBe(200);
  });
});

test('nothing that others shouldn’t reach is published', async () => {
  const open = (await place.compose.containers()).flatMap(({ service, published }) =>
    published.map(() => service),
  );
  expect([...new Set(open)].sort()).toStrictEqual(['mediamtx', 'prometheus', 'proxy']);
});

test('your own certificate is the one that it shows', async () => {
  const folder = createSecrets();
  const [cert, key] = [join(folder, 'proxy/cert.pem'), join(folder, 'proxy/key.pem')];
  const of = ['-subj', `/CN=${NAME}`, '-addext', `subjectAltName=DNS:${NAME}`, '-keyout', key, '-out', cert];
  const make = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...of];
  expect((await run('openssl', make, place.compose.env)).code).toBe(0);
  const port = await freePort();
  const { compose } = await createPlace({
    COMPOSE_FILE: 'compose.yaml:compose.prod.yaml',
    COMPOSE_PROFILES: '',
    SECRETS_DIR: folder,
    SITE_ADDRESS: NAME,
    SITE_TLS: '/run/secrets/proxy/cert.pem /run/secrets/proxy/key.pem',
    PUBLISH_TLS_PORT: String(port),
  });
  try {
    await compose.do('up', '--detach', '--no-build', '--no-deps', 'proxy');
    // No API is there to ask.
    await eventually(async () => {
      expect((await askProxy(port, readFileSync(cert, 'utf8'), '/')).status).toBeGreaterThan(499);
    }, PATIENCE_MS);
  } finally {
    await compose.do('down', '--volumes', '--timeout', '2');
  }
});
