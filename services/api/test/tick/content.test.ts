import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { Compressions } from '../../src/tick/compressions.ts';
import { Content } from '../../src/tick/content.ts';

const json = Buffer.from(JSON.stringify({ a: 'x'.repeat(5_000) }));

test('its tags are strong, follow the revision, and differ between the encodings', () => {
  const one = new Content(json, 'main:1:1');
  expect(one.etag).toMatch(/^"[\w-]{43}"$/);
  expect(one.gzipEtag).toBe(one.etag.replace(/"$/, '-gzip"'));
  expect(new Content(json, 'main:1:1').etag).toBe(one.etag);
  expect(new Content(json, 'main:1:2').etag).not.toBe(one.etag);
});

test('the gzip form is made once, when first asked for', async () => {
  const content = new Content(json, 'r');
  const compressions = new Compressions();
  const ask = (): Promise<void> => content.gzip(compressions, () => true);
  expect(content.gzipped).toBeUndefined();
  await Promise.all([ask(), ask()]);
  const { gzipped } = content;
  await ask();
  expect(content.gzipped).toBe(gzipped);
  expect(gunzipSync(gzipped ?? '').equals(json)).toBe(true);
});

test('nobody waits for a gzip form for which there is no room, unless it is for everyone', async () => {
  const compressions = new Compressions();
  const ask = (content: Content): Promise<void> => content.gzip(compressions, () => true);
  const contents = Array.from({ length: 20 }, (_, n) => new Content(json, String(n)));
  const forAll = new Content(json, 'all', true);
  await Promise.all([...contents, forAll].map(ask));
  expect(contents.filter(({ gzipped }) => gzipped !== undefined)).toHaveLength(8);
  expect(forAll.gzipped).toBeDefined();
  await Promise.all(contents.slice(-1).map(ask));
  expect(contents.at(-1)?.gzipped).toBeDefined();
});

test('none is made for whoever has gone', async () => {
  const content = new Content(json, 'r');
  await content.gzip(new Compressions(), () => false);
  expect(content.gzipped).toBeUndefined();
});
