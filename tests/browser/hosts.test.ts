import { beforeAll, expect, test } from '@jest/globals';
import { testRedis } from '@mediamtx-monitor/testkit';
import { headOf, hostsHeadOf, TestPublisher, streamOf } from '../../services/api/test/publisher.ts';
import { atEndOfFile } from './support/at-end.ts';
import { type ApiOfTest, startApi } from './support/monitor.ts';
import { open } from './support/open.ts';

let api: ApiOfTest;
let publisher: TestPublisher;

beforeAll(async () => {
  const redis = testRedis();
  publisher = new TestPublisher(redis.url, redis.prefix);
  atEndOfFile(() => {
    publisher.close();
  });
  api = await startApi(redis);
  atEndOfFile(api.stop);
});

/** One tick of a host that tells every second. */
async function publishHost(seq: number): Promise<void> {
  const now = new Date().toISOString();
  const head = hostsHeadOf({ collectedAt: now, publishedAt: now, intervalMs: 1_000, seq });
  await publisher.publishHost(head, { mediamtx: null });
}

test('a host stands beside its server, and in its row; when it falls silent, both say so', async () => {
  const now = new Date().toISOString();
  await publisher.publish(
    headOf({ server: 'media-1', collectedAt: now, publishedAt: now, intervalMs: 3_600_000 }),
    [streamOf('cam')],
  );
  const { page } = await open(api.url);
  const chip = page.getByRole('list', { name: 'Servers' }).getByRole('listitem');
  await chip.getByText('v1.20.1').waitFor();
  await publishHost(1);
  await chip.getByText(/CPU 43 %, memory 50 %/).waitFor();
  await chip.getByText(/last seen [\d.]+ s ago/).waitFor();
  expect(await chip.innerText()).not.toMatch(/43 %/);

  await chip.getByRole('link').click();
  await page.getByRole('button', { name: 'Details of media-1' }).click();
  const card = page.getByRole('listitem').filter({ hasText: 'Debian GNU/Linux 12' });
  expect(await card.innerText()).toMatch(
    /media-1[^]*Host media-1: last seen [\d.]+ s ago[^]*CPU[^]*43 %[^]*Disk \/[^]*40 %/,
  );
  await publishHost(2);
  await card.getByText('last seen').waitFor({ state: 'detached' });
});
