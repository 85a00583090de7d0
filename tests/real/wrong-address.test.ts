import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort } from '@mediamtx-monitor/testkit';
import { startMediamtx } from './support/mediamtx.ts';
import { createRig } from '../support/rig.ts';
import { builtProgram } from '../support/services.ts';

const rig = createRig();
afterEach(rig.stop);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wrong-address-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Asks that address once, as the collector does, and resolves with what is said of it. */
async function ask(url: string, settings: Readonly<Record<string, string>> = {}) {
  const program = builtProgram('services/collector/dist/snapshot-main.js');
  const args = [program, '--output', join(folder, 'snapshot.json'), '--samples', '1'];
  const child = spawn(process.execPath, args, { cwd: folder, env: { MEDIAMTX_API_URL: url, ...settings } });
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  await once(child, 'close');
  return { code: child.exitCode, said };
}

describe('another port of a real MediaMTX', () => {
  test('is told as such, with the line of the API', async () => {
    const [hls, webrtc, metrics] = [await freePort(), await freePort(), await freePort()];
    const mediamtx = await rig.add(
      startMediamtx({
        config: {
          hls: true,
          hlsAddress: `127.0.0.1:${hls}`,
          webrtc: true,
          webrtcAddress: `127.0.0.1:${webrtc}`,
          webrtcLocalUDPAddress: `127.0.0.1:${await freePort()}`,
          metrics: true,
          metricsAddress: `127.0.0.1:${metrics}`,
        },
      }),
    );
    for (const port of [hls, webrtc, metrics]) {
      const { code, said } = await ask(`http://127.0.0.1:${port}`);
      expect(code).toBe(1);
      expect(said).toMatch(/ of MediaMTX, not that of its API/);
      expect(said).toContain('Set MEDIAMTX_API_URL=http://127.0.0.1:9997 ');
    }
    expect((await ask(`http://127.0.0.1:${mediamtx.ports.rtmp}`)).said).toContain(
      'another port than that of',
    );
    expect((await ask(`http://127.0.0.1:${mediamtx.ports.rtsp}`)).said).toContain('Check MEDIAMTX_API_URL');
  });

  test('the path of its API at the end of the address is no mistake', async () => {
    const { apiUrl } = await rig.add(startMediamtx());
    const { code, said } = await ask(`${apiUrl}/v3`);
    expect(code).toBe(0);
    expect(said).toContain(`write MEDIAMTX_API_URL=${apiUrl}`);
  });
});

describe('TLS', () => {
  test('https where a real MediaMTX speaks http is told', async () => {
    const { apiUrl } = await rig.add(startMediamtx());
    const { said } = await ask(apiUrl.replace('http:', 'https:'));
    expect(said).toContain(`Set MEDIAMTX_API_URL=${apiUrl}`);
  });

  test('the certificate that its documentation makes works by its fingerprint', async () => {
    const [apiServerKey, apiServerCert] = [join(folder, 'server.key'), join(folder, 'server.crt')];
    const openssl = (...args: string[]): string =>
      execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    openssl('genrsa', '-out', apiServerKey, '2048');
    const request = ['req', '-new', '-x509', '-sha256', '-key', apiServerKey, '-out', apiServerCert];
    openssl(...request, '-days', '3650', '-subj', '/CN=mediamtx');
    const config = { apiEncryption: true, apiServerKey, apiServerCert };
    const { apiUrl } = await rig.add(startMediamtx({ config }));
    const secureUrl = apiUrl.replace('http:', 'https:');

    expect((await ask(apiUrl)).said).toContain(`${apiUrl} wants TLS. Set MEDIAMTX_API_URL=${secureUrl}.`);
    const { said } = await ask(secureUrl);
    const [, command = ''] = /^(openssl x509 .*)$/m.exec(said) ?? [];
    const [name = '', ...args] = command.replace('server.crt', apiServerCert).split(' ');
    const printed = execFileSync(name, args, { encoding: 'utf8' }).trim();
    expect(await ask(secureUrl, { MEDIAMTX_API_FINGERPRINT: printed })).toMatchObject({ code: 0 });
  });
});
