import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { cpus, release, tmpdir, totalmem, uptime } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { deriveHost, HostReader } from '../src/host.ts';

const onLinux = process.platform === 'linux' ? test : test.skip;
const reader = (monotonicMs = () => performance.now()) =>
  new HostReader({ root: '/', sees: 'host', timeoutMs: 10_000, monotonicMs });

onLinux('this machine is as Node’s own functions see it', async () => {
  const here = reader();
  const before = await here.read();
  const record = deriveHost('here', before, await here.read());
  expect(record.cpu.cores).toBe(cpus().length);
  expect(record.memory.totalBytes).toBe(totalmem());
  expect(record.kernel).toBe(release());
  expect(Math.abs((record.uptimeSeconds ?? 0) - uptime())).toBeLessThan(60);
  const root = record.disks?.find(({ mount }) => mount === '/');
  const { blocks, bsize } = statfsSync('/');
  expect(root?.sizeBytes).toBe(blocks * bsize);
  expect(record.network.interfaces).not.toBeNull();
});

onLinux('a process called mediamtx is found and measured', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mediamtx-process-'));
  copyFileSync('/bin/sleep', join(folder, 'mediamtx'));
  const startedMs = Date.now();
  const child = spawn(join(folder, 'mediamtx'), ['600'], { stdio: 'ignore' });
  try {
    const found = await eventually(async () => {
      const { mediamtx } = deriveHost('here', null, await reader().read());
      const mine = mediamtx?.find(({ pid }) => pid === child.pid);
      expect(mine).toBeDefined();
      // A process that has only just begun has hardly any.
      expect(mine?.memoryBytes).toBeGreaterThan(100_000);
      return mine;
    });
    expect(found).toMatchObject({ threads: 1, cpuPercent: null });
    expect(found?.openFiles).toBeGreaterThanOrEqual(3);
    expect(found?.openFiles).toBeLessThan(200);
    expect(Math.abs(Date.parse(found?.startedAt ?? '') - startedMs)).toBeLessThan(60_000);
  } finally {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    rmSync(folder, { recursive: true });
  }
});
