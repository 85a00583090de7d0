import { expect, test } from '@jest/globals';
import {
  type Announcement,
  announcementText,
  fingerprintOf,
  parseAnnouncement,
  tokenOf,
} from '../../src/sharing/announcement.ts';

const SAID: Announcement = {
  id: '4b6f1f0e',
  host: 'site-a',
  startedMs: 1_796_000_000_000,
  servers: new Map([
    ['main', '0123456789abcdef'],
    ['north', 'fedcba9876543210'],
  ]),
  yields: new Set(['north']),
};

test('an announcement is read as it was written, and its beginning changes with what it says', () => {
  const text = announcementText(SAID, 3);
  expect(parseAnnouncement(text)).toStrictEqual(SAID);
  expect(tokenOf(text)).toBe('4b6f1f0e.3');
  expect(tokenOf(announcementText(SAID, 4))).toBe('4b6f1f0e.4');
});

test.each(['', 'x', ' {}', '.1 {}', 'x.1 null', 'x.1 []', 'x.1 {"host":1}'])('%j is none', (text) => {
  expect(parseAnnouncement(text)).toBeNull();
});

test('what newer collectors say beside it is passed over', () => {
  const text = announcementText(SAID, 1).replace('{', '{"more":1,');
  expect(parseAnnouncement(text)).toStrictEqual(SAID);
});

test('an address is told by its fingerprint, without showing it', () => {
  const print = fingerprintOf('http://media.example:9997', 'site-a');
  expect(print).toMatch(/^[\da-f]{16}$/);
  expect(fingerprintOf('http://media.example:9997', 'site-b')).toBe(print);
  expect(fingerprintOf('http://media.example:9998', 'site-a')).not.toBe(print);
});

test.each(['http://127.0.0.1:9997', 'http://localhost:9997', 'http://[::1]:9997'])(
  '%s is another one on each machine',
  (url) => {
    expect(fingerprintOf(url, 'site-a')).toBe(fingerprintOf(url, 'site-a'));
    expect(fingerprintOf(url, 'site-a')).not.toBe(fingerprintOf(url, 'site-b'));
  },
);
