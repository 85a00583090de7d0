import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createLogRecorder, eventually } from '@mediamtx-monitor/testkit';
import { FollowedTarget } from '../../src/history/engine-target.ts';
import { atEnd } from '../bench.ts';

test('address and token are those of their files, also when other files take their place', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  atEnd(() => {
    rmSync(folder, { recursive: true });
  });
  const files = { HISTORY_URL: join(folder, 'url'), HISTORY_TOKEN: join(folder, 'token') };
  const write = (path: string, text: string): void => {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  };
  write(files.HISTORY_URL, 'http://engine:9090');
  write(files.HISTORY_TOKEN, 'old');
  const log = createLogRecorder();
  const target = new FollowedTarget({
    target: { url: 'http://engine:9090', token: 'old', tenant: 'team-a' },
    ...{ files, logger: log.logger, checkMs: 10 },
  });
  target.start();
  atEnd(() => {
    target.stop();
  });
  write(files.HISTORY_TOKEN, ' n3w\n');
  write(files.HISTORY_URL, 'https://joe:s3cr3t@other/prometheus\n');
  await eventually(() => {
    expect(target.current).toStrictEqual({
      ...{ url: 'https://joe:s3cr3t@other/prometheus', token: 'n3w', tenant: 'team-a' },
    });
  });
  write(files.HISTORY_URL, 'ftp://s3cr3t@other');
  await eventually(() => {
    expect(log.messages('error')).toHaveLength(1);
  });
  expect(target.current.url).toContain('/prometheus');
  expect(log.messages('info').toSorted()).toStrictEqual([
    'HISTORY_TOKEN_FILE read again: another one',
    'HISTORY_URL_FILE read again: another one',
  ]);
  expect(JSON.stringify(log)).not.toMatch(/s3cr3t|n3w/);
});
