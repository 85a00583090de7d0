import { afterEach, describe, expect, test } from '@jest/globals';
import {
  type AnsweringPaths,
  answeringPaths,
  configuration,
  json,
  listed,
  live,
  NOT_FOUND,
  ON_DEMAND,
  pulled,
  type MediamtxReply,
  V1_21,
} from '../support/answering-paths.ts';

let server: AnsweringPaths | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});
async function answering(...replies: Parameters<typeof answeringPaths>) {
  server = await answeringPaths(...replies);
  return server;
}

describe('the configuration', () => {
  test('is known by two members, and nothing else of it', async () => {
    const { ask } = await answering({
      'config/paths/get/cam': configuration({
        source: 'rtsp://user:hunter2@camera/',
        sourceOnDemand: false,
        runOnDemand: 'ffmpeg -i rtsp://user:hunter2@camera/',
      }),
    });
    const { configurations } = await ask([live('cam', 'cam')]);
    expect([...configurations]).toStrictEqual([['cam', { sourceOnDemand: false, runOnDemand: true }]]);
  });

  test.each([
    ['cam/one', 'cam%2Fone'],
    ['~^zone[0-9]+/(a|b)$', '~%5Ezone%5B0-9%5D%2B%2F(a%7Cb)%24'],
    ['all_others', 'all_others'],
    ['~^a?b#c%20 d&e$', '~%5Ea%3Fb%23c%2520%20d%26e%24'],
    ['..%2F..', '..%252F..'],
    ['a/../../b', 'a%2F..%2F..%2Fb'],
  ])('of %s is asked for as %s', async (confName, encoded) => {
    const { ask, asked } = await answering({}, ON_DEMAND);
    const { configurations } = await ask([pulled('x', confName)]);
    expect(asked().filter((url) => url.startsWith('config'))).toStrictEqual([`config/paths/get/${encoded}`]);
    expect(configurations.get(confName)?.sourceOnDemand).toBe(true);
  });

  test.each(['.', '..', '\ud800'])('of %j can’t be asked for', async (confName) => {
    const { ask, asked } = await answering({}, ON_DEMAND);
    const { configurations } = await ask([live('x', confName)]);
    expect(asked().filter((url) => url.startsWith('config'))).toStrictEqual([]);
    expect(configurations.size).toBe(0);
  });

  test('stays known for ten minutes, and is asked for again', async () => {
    const replies: Record<string, MediamtxReply | null> = { 'config/paths/get/a': ON_DEMAND };
    const { ask, asked, clock } = await answering(replies);
    const paths = [listed({ name: 'a', confName: 'a' })];
    await ask(paths);
    asked();
    clock.advance(599_999);
    expect((await ask(paths)).configurations.get('a')?.sourceOnDemand).toBe(true);
    expect(asked()).toStrictEqual([]);
    replies['config/paths/get/a'] = configuration({ sourceOnDemand: false, runOnDemand: '' });
    clock.advance(1);
    expect((await ask(paths)).configurations.get('a')?.sourceOnDemand).toBe(false);
  });

  test.each([
    ['a text 404', NOT_FOUND],
    ['a JSON 404', json('{"error":"path configuration not found"}', 404)],
    ['401', json('{"error":"authentication error"}', 401)],
    ['HTML', { ...json('<html></html>'), type: 'text/html' }],
    ['something else', json('{"itemCount":0,"pageCount":0,"items":[]}')],
    ['a member that is no flag', configuration({ sourceOnDemand: 'yes' })],
    ['more than is read', configuration({ sourceOnDemand: true, source: 'x'.repeat(70_000) })],
  ])('is not known after %s, and not asked for again for ten minutes', async (_what, reply) => {
    const replies: Record<string, MediamtxReply | null> = { 'config/paths/get/a': ON_DEMAND };
    const { ask, asked, clock } = await answering(replies);
    const paths = [listed({ name: 'a', confName: 'a' })];
    await ask(paths);
    replies['config/paths/get/a'] = reply;
    clock.advance(600_000);
    expect((await ask(paths)).configurations.size).toBe(0);
    asked();
    clock.advance(599_999);
    await ask(paths);
    expect(asked()).toStrictEqual([]);
    clock.advance(1);
    await ask(paths);
    expect(asked()).toStrictEqual(['config/paths/get/a']);
  });

  test('stays known while there is no answer, or MediaMTX is busy', async () => {
    const replies: Record<string, MediamtxReply | null> = { 'config/paths/get/a': ON_DEMAND };
    const { ask, asked, clock } = await answering(replies);
    const paths = [listed({ name: 'a', confName: 'a' })];
    await ask(paths);
    clock.advance(600_000);
    for (const reply of [null, json('{"error":"terminated"}', 500)]) {
      replies['config/paths/get/a'] = reply;
      asked();
      expect((await ask(paths, V1_21, 1_000)).configurations.get('a')?.sourceOnDemand).toBe(true);
      expect(asked()).toHaveLength(1);
      clock.advance(10_000);
    }
  });

  test('is asked for again after a restart, and known until then', async () => {
    const { ask, asked } = await answering({ 'config/paths/get/a': ON_DEMAND });
    const paths = [listed({ name: 'a', confName: 'a' })];
    await ask(paths);
    asked();
    await ask(paths, { ...V1_21, run: 1 });
    expect(asked()).toStrictEqual(['config/paths/get/a']);
  });

  test('is asked for of all, though every fifth answer may come from another server', async () => {
    const { ask, asked, clock } = await answering({}, ON_DEMAND);
    const paths = Array.from({ length: 300 }, (_, index) => pulled(`cam${index}`, `cam${index}`));
    let known = 0;
    for (let poll = 0; poll < 40; poll += 1) {
      known = (await ask(paths, { ...V1_21, run: Math.floor(poll / 5) })).configurations.size;
      clock.advance(2_000);
    }
    expect(known).toBe(300);
    // And all of them anew.
    asked();
    for (let poll = 40; poll < 100; poll += 1) {
      await ask(paths, { ...V1_21, run: Math.floor(poll / 5) });
      clock.advance(2_000);
    }
    expect(new Set(asked().filter((url) => url.startsWith('config'))).size).toBe(300);
  });

  test('that isn’t known is asked for before that which is, once another server may answer', async () => {
    const { ask, asked } = await answering({}, ON_DEMAND);
    const known = Array.from({ length: 20 }, (_, index) => pulled(`a${index}`, `a${index}`));
    for (let poll = 0; poll < 2; poll += 1) await ask(known);
    asked();
    await ask([...known, pulled('new', 'new')], { ...V1_21, run: 1 });
    expect(asked()[0]).toBe('config/paths/get/new');
  });

  test('is forgotten when no path has had it for ten minutes', async () => {
    const { ask, asked, known, clock } = await answering({ 'config/paths/get/a': ON_DEMAND });
    const paths = [listed({ name: 'a', confName: 'a' })];
    await ask(paths);
    clock.advance(300_000);
    await ask([]);
    expect(known().configurations.size).toBe(1);
    asked();
    await ask(paths);
    expect(asked()).toStrictEqual([]);
    clock.advance(300_000);
    await ask([]);
    expect(known().configurations.size).toBe(0);
  });
});
