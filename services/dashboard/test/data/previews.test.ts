import { describe, expect, test } from '@jest/globals';
import type { Preview } from '@mediamtx-monitor/types';
import { fetchPreviews, playSources } from '../../src/data/previews.ts';

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
  expect(
    await fetchPreviews('http://m.example/below/', 'secret', answering(200, { items }, seen)),
  ).toStrictEqual([good]);
  expect(seen).toStrictEqual([
    ['http://m.example/below/api/previews', { headers: { Authorization: 'Bearer secret' } }],
  ]);
});

test('what isn’t an answer is an error, what has no items has none', async () => {
  await expect(fetchPreviews('http://m.example', undefined, answering(500, {}))).rejects.toThrow('500');
  expect(await fetchPreviews('http://m.example', undefined, answering(200, []))).toStrictEqual([]);
});

const ALL: readonly Preview[] = [
  { server: null, protocol: 'hls', url: 'http://media.example:8888' },
  { server: null, protocol: 'webrtc', url: 'http://media.example:8889' },
  { server: 'north', protocol: 'webrtc', url: 'https://north.example/rtc' },
];
const urls = (server: string, name = 'cam') =>
  playSources(ALL, { server, name }, 'http:').map(({ url }) => url);

describe('ways to play a stream', () => {
  test('WebRTC before HLS, a server’s own address before that of all', () => {
    expect(urls('main')).toStrictEqual([
      'http://media.example:8889/cam/whep',
      'http://media.example:8888/cam/index.m3u8',
    ]);
    expect(urls('north')[0]).toBe('https://north.example/rtc/cam/whep');
  });

  test('names stay within the path, whatever stands in them', () => {
    expect(urls('main', 'a/b c/?x#y%')[0]).toBe('http://media.example:8889/a/b%20c/%3Fx%23y%25/whep');
  });

  test('an https page plays no http, but from this machine', () => {
    const blocked = (url: string, page: string) =>
      playSources([{ server: null, protocol: 'hls', url }], { server: 'main', name: 'cam' }, page)[0]
        ?.isBlocked;
    expect(blocked('http://media.example:8888', 'https:')).toBe(true);
    expect(blocked('https://media.example', 'https:')).toBe(false);
    expect(blocked('http://media.example:8888', 'http:')).toBe(false);
    expect(blocked('http://127.0.0.1:8888', 'https:')).toBe(false);
    expect(blocked('http://localhost:8888', 'https:')).toBe(false);
    expect(blocked('http://localhost.example:8888', 'https:')).toBe(true);
  });

  test('without addresses there is none', () => {
    expect(playSources([], { server: 'main', name: 'cam' }, 'http:')).toStrictEqual([]);
  });
});
