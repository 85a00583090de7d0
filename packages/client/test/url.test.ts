import { describe, expect, test } from '@jest/globals';
import { baseUrl, eventsUrl, socketPageUrl, socketUrl, ticketsUrl } from '../src/url.ts';

describe('baseUrl', () => {
  test.each([
    ['http://127.0.0.1:8000', 'http://127.0.0.1:8000'],
    ['https://monitor.example', 'https://monitor.example'],
    ['https://monitor.example/', 'https://monitor.example'],
    ['https://example.org/monitor//', 'https://example.org/monitor'],
    ['http://[::1]:8000/', 'http://[::1]:8000'],
  ])('takes %s', (url, base) => {
    expect(baseUrl(url, undefined)).toBe(base);
  });

  test('empty is the origin of the page', () => {
    expect(baseUrl('', 'https://monitor.example')).toBe('https://monitor.example');
  });

  test.each([
    ['', undefined],
    ['', 'null'],
    ['monitor.example', undefined],
    ['ws://monitor.example', undefined],
    ['ftp://monitor.example', undefined],
    ['http://', undefined],
    ['http:///api', undefined],
    ['http://monitor.example?token=secret', undefined],
    ['http://monitor.example/#secret', undefined],
    ['http://user:secret@monitor.example', undefined],
    ['http://monitor.example/a b', undefined],
  ])('refuses %p (page %p) without repeating it', (url, page) => {
    expect(() => baseUrl(url, page)).toThrow(expect.objectContaining({ code: 'invalid-url' }));
    expect(() => baseUrl(url, page)).not.toThrow(/secret/);
  });
});

test('tickets are below the base', () => {
  expect(ticketsUrl('https://example.org/monitor')).toBe('https://example.org/monitor/api/tickets');
});

describe('socketUrl', () => {
  const subscribe = { action: 'subscribe' } as const;

  test('is plain when nothing is asked for', () => {
    expect(socketUrl('http://127.0.0.1:8000', subscribe, undefined)).toBe('ws://127.0.0.1:8000/ws');
  });

  test('is encrypted when the base is', () => {
    expect(socketUrl('https://example.org/monitor', subscribe, undefined)).toBe(
      'wss://example.org/monitor/ws',
    );
    expect(new URL(socketUrl('HTTPS://example.org', subscribe, undefined)).protocol).toBe('wss:');
  });

  test('says what is subscribed to, so that it is read as it was written', () => {
    const url = socketUrl(
      'http://127.0.0.1:8000',
      { ...subscribe, topics: ['streams', 'connections'], server: 'studio-2', stream: 'a/&b=c+ü 😀#?*' },
      'a.b+c/d=',
    );
    const { searchParams } = new URL(url);
    expect(Object.fromEntries(searchParams)).toStrictEqual({
      topics: 'streams,connections',
      server: 'studio-2',
      stream: 'a/&b=c+ü 😀#?*',
      ticket: 'a.b+c/d=',
    });
    expect([...searchParams.keys()]).toStrictEqual(['topics', 'server', 'stream', 'ticket']);
  });
});

test('events and what is asked of the socket in plain are below the base', () => {
  const subscribe = { action: 'subscribe' } as const;
  expect(eventsUrl('https://example.org/monitor', subscribe)).toBe('https://example.org/monitor/api/live');
  expect(eventsUrl('http://127.0.0.1:8000', { ...subscribe, topics: ['hosts'], stream: 'a&b' })).toBe(
    'http://127.0.0.1:8000/api/live?topics=hosts&stream=a%26b',
  );
  expect(
    eventsUrl('https://example.org', { ...subscribe, server: ['a', 'b'], label: ['site:north', 'rack:1'] }),
  ).toBe('https://example.org/api/live?server=a%2Cb&label=site%3Anorth&label=rack%3A1');
  expect(socketPageUrl('https://example.org/monitor')).toBe('https://example.org/monitor/ws');
});
