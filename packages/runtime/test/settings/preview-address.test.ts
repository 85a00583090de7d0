import { expect, test } from '@jest/globals';
import { loadSettings } from '../../src/settings/load.ts';
import { PREVIEW_ADDRESSES_RULE } from '../../src/settings/preview-address.ts';

const read = (text: string) =>
  loadSettings(['PREVIEW_HLS_URL'], { PREVIEW_HLS_URL: text }, { readFile: () => '' }).values.PREVIEW_HLS_URL;

test.each([
  ['', []],
  ['http://host:8888', [{ server: null, url: 'http://host:8888' }]],
  ['https://Media.Example/a/b//', [{ server: null, url: 'https://media.example/a/b' }]],
  ['http://[::1]:8888/', [{ server: null, url: 'http://[::1]:8888' }]],
  ['http://host:8888/a=b', [{ server: null, url: 'http://host:8888/a=b' }]],
  [
    ' north-2=http://north:8888 , http://host ',
    [
      { server: 'north-2', url: 'http://north:8888' },
      { server: null, url: 'http://host' },
    ],
  ],
])('%s', (text, addresses) => {
  expect(read(text)).toEqual(addresses);
});

test.each([
  'host:8888',
  'ws://host:8888',
  'http://host:99999',
  'http://',
  ',',
  'North=http://host:8888',
  'streams=http://host:8888',
  '=http://host:8888',
  'north=',
  'http://host:8888,http://other:8888',
  'a=http://host:8888,a=http://other:8888',
])('wrong: %s', (text) => {
  expect(() => read(text)).toThrow(`PREVIEW_HLS_URL is "${text}"; allowed: ${PREVIEW_ADDRESSES_RULE}`);
});

test.each([
  ['http://user:secret@host:8888', 'http://(removed)@host:8888'],
  ['http://user@host:8888', 'http://(removed)@host:8888'],
  ['http://host:8888?token=secret', 'http://host:8888?(removed)'],
  ['north=http://host:8888/?secret', 'north=http://host:8888/?(removed)'],
  ['http://host:8888#secret', 'http://host:8888#(removed)'],
  ['http://host:8888,b=http://c:secret@host:8888', 'http://(removed)@host:8888'],
])('credentials are refused, and not shown: %s', (text, shown) => {
  expect(() => read(text)).toThrow(`PREVIEW_HLS_URL is "${shown}"; allowed: ${PREVIEW_ADDRESSES_RULE}`);
});
