import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { NODE_FLAGS } from '@mediamtx-monitor/runtime';

const inSystemd = (name: string): string => fileURLToPath(new URL(`../../systemd/${name}`, import.meta.url));
const OPERATIONS = fileURLToPath(new URL('../../docs/operations.md', import.meta.url));
const UNITS = ['mediamtx-collector', 'mediamtx-api', 'host-metrics-agent', 'mediamtx-alerter'];
const MOST_EXPOSED = 2.5;

/** The exposure that systemd sees in a unit; `null` where this machine's systemd can't tell. */
function exposureOf(path: string): number | null {
  const { stdout } = spawnSync('systemd-analyze', ['security', '--offline=true', path], { encoding: 'utf8' });
  const [, level] = /exposure level for \S+: ([\d.]+)/.exec(stdout) ?? [];
  return level === undefined ? null : Number(level);
}
const canAnalyze = exposureOf(inSystemd('mediamtx-api.service')) !== null;
const testExposure = canAnalyze ? test : test.skip;
if (!canAnalyze)
  process.stderr.write('\n### SKIPPED: hardening of the units: no systemd-analyze 250 or newer\n\n');

describe.each(UNITS)('%s.service', (name) => {
  const path = inSystemd(`${name}.service`);
  const lines = readFileSync(path, 'utf8').split('\n');

  test('runs its program with the settings, as a user of its own', () => {
    expect(lines).toStrictEqual(
      expect.arrayContaining([
        'User=mediamtxmon',
        'EnvironmentFile=-/etc/mediamtx-monitoring.env',
        `ExecStart=/opt/mediamtx-monitoring-backend/bin/${name}`,
      ]),
    );
  });

  test('comes back, but for a wrong setting; tells when it is ready and that it lives', () => {
    expect(lines).toStrictEqual(
      expect.arrayContaining([
        'Restart=always',
        'RestartPreventExitStatus=2',
        'Type=notify',
        'NotifyAccess=all',
        'WatchdogSec=60',
      ]),
    );
  });

  test('sets nothing that an empty line of the settings would take away', () => {
    expect(lines.filter((line) => line.startsWith('Environment='))).toStrictEqual([]);
  });

  test('may take the memory that docs/operations.md says', () => {
    const limit = lines.find((line) => line.startsWith('MemoryMax='));
    const documented = new RegExp(`^\\| \`${name}\` .*\\| \`${limit ?? 'none'}\` +\\|$`, 'm');
    expect(readFileSync(OPERATIONS, 'utf8')).toMatch(documented);
  });

  test('leaves V8 the memory that it writes its code to', () => {
    expect(lines.filter((line) => line.startsWith('MemoryDenyWriteExecute'))).toStrictEqual([]);
  });

  testExposure(`is exposed to at most ${MOST_EXPOSED} of 10`, () => {
    expect(exposureOf(path)).toBeLessThanOrEqual(MOST_EXPOSED);
  });
});

test('everyone can read the JSON file of the collector; the host agent sees all processes', () => {
  expect(readFileSync(inSystemd('mediamtx-collector.service'), 'utf8')).not.toMatch(/^PrivateTmp/m);
  expect(readFileSync(inSystemd('host-metrics-agent.service'), 'utf8')).not.toMatch(
    /^(ProcSubset|ProtectProc)/m,
  );
});

test('the programs are started with the flags that all services are started with', () => {
  const [, flags] =
    /^exec "\$home\/lib\/node" (.*) "\$@"$/m.exec(readFileSync(inSystemd('bin/program'), 'utf8')) ?? [];
  expect(flags?.split(' ')).toStrictEqual(NODE_FLAGS);
});
