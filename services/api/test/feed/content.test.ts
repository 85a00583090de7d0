import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { Content } from '../../src/feed/content.ts';

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
  expect(content.gzipped).toBeUndefined();
  const [first, second] = await Promise.all([content.gzip(), content.gzip()]);
  expect(second).toBe(first);
  expect(content.gzipped).toBe(first);
  expect(gunzipSync(first).equals(json)).toBe(true);
});
