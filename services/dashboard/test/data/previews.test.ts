import { expect, test } from '@jest/globals';
import { fetchPreviews } from '../../src/data/previews.ts';

const answering =
  (status: number, body: unknown, seen: [unknown, unknown][] = []): typeof fetch =>
  (url, options) => {
    seen.push([url, options]);
    return Promise.resolve(new Response(JSON.stringify(body), { status }));
  };

test('asks below where the page is, with the token, and takes what is right', async () => {
  const seen: [unknown, unknown][] = [];
  const good = { server: null, protocol: 'hls', url: 'http://a:8888' };
  const items = [
    good,
    { ...good, url: 'no url' },
    { ...good, protocol: 'smoke' },
    { ...good, server: 1 },
    null,
  ];
  expect(await fetchPreviews('http://m.example/below/', 'secret', answering(200, { items }, seen))).toEqual([
    good,
  ]);
  expect(seen).toEqual([
    ['http://m.example/below/api/previews', { headers: { Authorization: 'Bearer secret' } }],
  ]);
});

test('what isn’t an answer is an error, what has no items has none', async () => {
  await expect(fetchPreviews('http://m.example', undefined, answering(500, {}))).rejects.toThrow('500');
  expect(await fetchPreviews('http://m.example', undefined, answering(200, []))).toEqual([]);
});
