import { expect, test } from '@jest/globals';
import { isOwnHost } from '../../src/http/own-host.ts';

const ALLOWED = new Set(['monitor.example.com', 'monitor']);

test.each([
  'localhost',
  'localhost:8000',
  'LocalHost:8000',
  'localhost.',
  'monitor.localhost:80',
  '127.0.0.1',
  '127.0.0.1:8000',
  '192.168.1.20:1',
  '[::1]',
  '[::1]:8000',
  '[2001:db8::1]:443',
  '[::ffff:1.2.3.4]',
  '0.0.0.0:8000',
  'monitor.example.com',
  'Monitor.Example.COM:8443',
  'monitor.example.com.',
  'monitor:',
])('%s names this service', (host) => {
  expect(isOwnHost(host, ALLOWED)).toBe(true);
});

test.each([
  '',
  ':8000',
  'evil.example',
  'evil.example:8000',
  'localhost.evil.example',
  'evil-localhost',
  'evillocalhost',
  '127.0.0.1.evil.example',
  '127.0.0.1.nip.io:8000',
  '127.1',
  '0x7f.0.0.1',
  '999.0.0.1',
  'sub.monitor.example.com',
  'monitor.example.com..',
  'monitor.example.com:80:80',
  'monitor.example.com:x',
  'evil.example/localhost',
  'localhost@evil.example',
  'localhost evil.example',
  'evil.example, localhost',
  '[evil.example]',
  '[::1',
  '::1',
  '[]',
  'localhost\0',
])('%j may be anyone’s', (host) => {
  expect(isOwnHost(host, ALLOWED)).toBe(false);
});

test('without allowed names only localhost and addresses are own', () => {
  expect(isOwnHost('monitor', new Set())).toBe(false);
  expect(isOwnHost('localhost', new Set())).toBe(true);
});
