import { writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { NOW, PAGE, serving } from './serving.ts';

describe('the file', () => {
  test('is read again when it changes, and what it was holds while it is wrong', async () => {
    const { get, path, lines, url } = await serving([PAGE], { API_TOKENS: [] });
    const isWrong = async (): Promise<string | undefined> =>
      /^mediamtx_monitor_status_file_wrong (\d)$/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1];
    writeFileSync(path, 'status: [{ name: new, title: New }]\n');
    await eventually(async () => {
      expect(await isWrong()).toBe('1');
    });
    expect(lines.join('\n')).toMatch(
      /error: MONITOR_CONFIG .*"status\[0\]\.items" is required; the status pages stay/,
    );
    expect((await get('public')).status).toBe(200);
    writeFileSync(path, JSON.stringify({ status: [{ ...PAGE, name: 'new' }] }));
    await eventually(async () => {
      expect((await get('new')).status).toBe(200);
    });
    expect([(await get('public')).status, await isWrong()]).toStrictEqual([404, '0']);
  });

  test('may change while what was before stays known, and what is new in it is read later', async () => {
    const { get, read, path, url, know, happen, clock } = await serving([PAGE], { API_TOKENS: [] });
    const histories = async (): Promise<string | undefined> =>
      /^mediamtx_monitor_status_histories_total (\d+)$/m.exec(
        await (await fetch(`${url}/metrics`)).text(),
      )?.[1];
    await know([{ state: 'live' }]);
    await happen([[-20, {}]]);
    const before = await read();
    expect(before).toMatchObject({ historyAt: NOW, isHistoryComing: false });
    const items = [...PAGE.items, { title: 'New', match: 'studio/*' }];
    writeFileSync(
      path,
      JSON.stringify({ status: [{ ...PAGE, title: 'Other', timeZone: 'Asia/Tokyo', items }] }),
    );
    await eventually(async () => {
      expect((await read()).title).toBe('Other');
    });
    const after = await read();
    expect(after).toMatchObject({ historyAt: NOW, isHistoryComing: true });
    expect(after.items.map(({ availability }) => availability?.percent ?? null)).toStrictEqual([
      100,
      100,
      null,
    ]);
    expect(after.items.map(({ days }) => days.length)).toStrictEqual([30, 30, 0]);
    expect(await (await get('public')).text()).toContain('New, the last 30 days: being read');
    clock.advance(29_000);
    await read();
    expect(await histories()).toBe('1');
    clock.advance(6_000);
    await eventually(async () => {
      clock.advance(5_000);
      expect(await read()).toMatchObject({ isHistoryComing: false });
    });
    expect(await histories()).toBe('2');
  });

  test('that is wrong at the start stops it', async () => {
    await expect(serving([{ name: 'a' }])).rejects.toThrow('"status[0].title" is required');
  });

  test('stops the start, too, where it is larger than what is read later', async () => {
    const items = Array.from({ length: 100 }, (_, n) => ({
      id: `i${n}`,
      title: 'Ä'.repeat(95),
      match: `m${n}`,
    }));
    const pages = Array.from({ length: 50 }, (_, n) => ({ name: `p${n}`, title: 'P', items }));
    await expect(serving(pages)).rejects.toThrow(/can't be read \(it has more than 1000000 bytes\)/);
    const { get } = await serving(pages.slice(0, 40));
    expect((await get('p39')).status).toBe(200);
  });

  test('without pages there are none, and the durable Redis may be away', async () => {
    const none = await serving([], {});
    expect((await none.get('public')).status).toBe(404);
    const away = await serving([PAGE], { REDIS_DURABLE_URL: 'redis://127.0.0.1:1' });
    await away.know([{ state: 'live' }]);
    expect(await away.read()).toMatchObject({
      state: 'up',
      historyAt: null,
      isHistoryComing: false,
      items: [{ days: [], availability: null }, {}],
    });
    expect(await (await away.get('public')).text()).toContain('The past can’t be shown');
  });
});
