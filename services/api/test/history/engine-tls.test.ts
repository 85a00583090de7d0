import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { SettingsError } from '@mediamtx-monitor/runtime';
import { createFakeClock, createLogRecorder, testRedis } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { startTlsServer } from '../../../collector/test/support/tls-server.ts';
import { loadConfig } from '../../src/config.ts';
import { createHistory } from '../../src/history/index.ts';
import { atEnd } from '../bench.ts';

/** A certificate for 127.0.0.1 that nobody has signed but itself, and the file that it is in. */
function makeCertificate() {
  const folder = mkdtempSync(join(tmpdir(), 'engine-tls-'));
  atEnd(() => {
    rmSync(folder, { recursive: true });
  });
  const [keyFile, file] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const names = ['-subj', '/CN=engine', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile];
  execFileSync('openssl', ['req', '-x509', '-days', '30', ...key, ...names, '-out', file], {
    stdio: 'ignore',
  });
  return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(file, 'utf8'), fingerprint: '', file };
}

function historyOf(env: Readonly<Record<string, string>>) {
  const { url, prefix } = testRedis();
  const { logger } = createLogRecorder();
  const history = createHistory({
    settings: loadConfig(env).values,
    files: {},
    ...{ live: { url }, durable: { url }, names: redisNames(prefix), logger, clock: createFakeClock() },
  });
  atEnd(async () => {
    for (const part of history.parts) await part.stop();
  });
  return history.source;
}

test('over TLS an engine is believed whose authority a file names, and no other', async () => {
  const certificate = makeCertificate();
  const server = await startTlsServer(certificate, (_request, response) => {
    response.end('{"status":"success","data":[{"server":"main"}]}');
  });
  atEnd(server.close);
  const trusting = historyOf({ HISTORY_URL: server.url, HISTORY_CA_FILE: certificate.file });
  const wary = historyOf({ HISTORY_URL: server.url });
  const { signal } = new AbortController();
  expect(await trusting.serversWith('cam', ['main'], signal)).toStrictEqual(['main']);
  await expect(wary.serversWith('cam', ['main'], signal)).rejects.toMatchObject({ code: 'history-away' });
});

test('a file without certificates stops the start', () => {
  expect(() => historyOf({ HISTORY_URL: 'https://engine', HISTORY_CA_FILE: '/nowhere' })).toThrow(
    SettingsError,
  );
});
