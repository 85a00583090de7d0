import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { SettingsError } from '@mediamtx-monitor/runtime';
import { readFolder } from '../../src/static/read-folder.ts';
import { ROUTES } from '../../src/routes/index.ts';
import { folderOf } from './folder.ts';

const PATHS = ROUTES.map(({ path }) => path);

test('all files by their path in URLs', () => {
  const files = readFolder(folderOf(), PATHS);
  expect([...files.keys()].sort()).toStrictEqual([
    '/assets/index-B1234567.css',
    '/assets/index-Dk3_x-9Q.js',
    '/favicon.svg',
    '/gr%C3%B6%C3%9Fe%201.txt',
    '/index.html',
    '/manifest.webmanifest',
  ]);
  expect(files.get('/gr%C3%B6%C3%9Fe%201.txt')?.toString()).toBe('ä');
});

test('nothing that is hidden, and nothing that a link leads to', () => {
  const folder = folderOf({ 'index.html': '', '.env': 'SECRET=1', '.git/config': '', 'a/.hidden/b.js': '' });
  symlinkSync('/etc/passwd', join(folder, 'passwd.txt'));
  symlinkSync('/etc', join(folder, 'etc'));
  symlinkSync('index.html', join(folder, 'home.html'));
  expect([...readFolder(folder, PATHS).keys()]).toStrictEqual(['/index.html']);
});

test('a folder may itself be a link: that is how deployments are switched', () => {
  const link = join(folderOf({}), 'current');
  symlinkSync(folderOf(), link);
  expect(readFolder(link, PATHS).has('/index.html')).toBe(true);
});

const ALLOWED = 'allowed: a path of a folder with an index.html, and nothing in it that is a path of the API';

const cases: readonly [what: string, folder: () => string, message: string][] = [
  ['nothing', () => join(folderOf({}), 'nowhere'), "which can't be read ("],
  ['a file', () => join(folderOf(), 'index.html'), "which can't be read ("],
  ['another folder', () => folderOf({ 'main.js': '' }), 'which has no index.html'],
  ['a page that is a folder', () => folderOf({ 'index.html/x': '' }), 'which has no index.html'],
  [
    'api',
    () => folderOf({ 'index.html': '', 'api/streams/latest': '' }),
    'which has "api", a path of the API',
  ],
  ['healthz', () => folderOf({ 'index.html': '', healthz: '' }), 'which has "healthz", a path of the API'],
  ['ws', () => folderOf({ 'index.html': '', ws: '' }), 'which has "ws", a path of the API'],
  ['metrics', () => folderOf({ 'index.html': '', metrics: '' }), 'which has "metrics", a path of the API'],
  ['readyz', () => folderOf({ 'index.html': '', 'readyz/x': '' }), 'which has "readyz", a path of the API'],
];

test.each(cases)('%s is refused with a sentence', (_what, folderFor, message) => {
  const folder = folderFor();
  const read = (): unknown => readFolder(folder, PATHS);
  expect(read).toThrow(SettingsError);
  expect(read).toThrow(`STATIC_DIR is "${folder}", ${message}`);
  expect(read).toThrow(ALLOWED);
});
