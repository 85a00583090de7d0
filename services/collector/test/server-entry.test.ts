import { describe, expect, test } from '@jest/globals';
import { checkMonitorFile } from '../src/monitor-file.ts';
import { makeCertificate } from './support/tls-server.ts';

const { cert: certificate, fingerprint } = makeCertificate();
const FILES: Readonly<Record<string, string>> = {
  '/s/password': ' hush\n',
  '/s/token': 'tok3n\n',
  '/s/empty': '\n',
  '/s/spaces': 'two words',
  '/s/ca.pem': certificate,
};

const read = (text: string) =>
  checkMonitorFile(text, 'monitor.yml', (path) => {
    const { [path]: content } = FILES;
    if (content === undefined) throw new Error('ENOENT: no such file');
    return content;
  });
const serversIn = (text: string) => read(text).value?.servers;
const mistakesIn = (...lines: string[]) => read(['servers:', ...lines].join('\n')).mistakes;

describe('servers', () => {
  test('are all that is said of each', () => {
    const text = `servers:
  - id: north
    name: North hall
    url: https://north.example:9997/v3/
    user: monitor
    passwordFile: /s/password
    caFile: /s/ca.pem
    labels: { site: north, rack: "7" }
    intervalSeconds: 5
  - id: south
    url: http://south.example:9997
    tokenFile: /s/token
  - { id: east, url: "https://east.example:9997", fingerprint: "${fingerprint.toLowerCase().replaceAll(':', '')}" }`;
    expect(serversIn(text)).toStrictEqual([
      {
        server: 'north',
        mediamtx: {
          url: 'https://north.example:9997',
          credentials: { kind: 'basic', user: 'monitor', password: 'hush' },
          trust: { kind: 'authority', pem: certificate.trim() },
          warnings: [],
        },
        secretFiles: { MEDIAMTX_API_PASSWORD: '/s/password' },
        intervalSeconds: 5,
        about: { name: 'North hall', labels: { site: 'north', rack: '7' } },
      },
      {
        server: 'south',
        mediamtx: {
          url: 'http://south.example:9997',
          credentials: { kind: 'bearer', token: 'tok3n' },
          trust: { kind: 'system' },
          warnings: [],
        },
        secretFiles: { MEDIAMTX_API_TOKEN: '/s/token' },
        intervalSeconds: null,
        about: {},
      },
      expect.objectContaining({
        mediamtx: expect.objectContaining({ trust: { kind: 'fingerprint', fingerprint } }),
      }),
    ]);
  });

  test('are none where the file says nothing of them', () => {
    expect(serversIn('expected: []')).toBeUndefined();
  });

  test('have all their mistakes told at once, each with its place', () => {
    expect(
      mistakesIn(
        '  - { id: a, url: "http://a", user: x, tokenFile: /s/token }',
        '  - { id: a, url: "http://a2" }',
        '  - id: Main Hall',
        '    url: ftp://b',
        '    passwordFile: /s/gone',
        '    intervalSeconds: 7',
        '  - { id: streams, url: "http://c", passwrd: hunter2 }',
      ),
    ).toStrictEqual([
      'line 2, column 5: "servers[0]" has tokenFile; allowed: not together with user or passwordFile',
      expect.stringMatching(
        /^line 4, column 5: "servers\[2\]\.id" is not right; allowed: 1 to 32 lower-case/,
      ),
      'line 5, column 5: "servers[2].url" is not right; allowed: an http:// or https:// address without query',
      'line 6, column 5: "servers[2].passwordFile" is "/s/gone", which can\'t be read (ENOENT: no such file); ' +
        'allowed: that user’s password',
      'line 7, column 5: "servers[2].intervalSeconds" is not right; allowed: a divisor of 60: ' +
        '1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60',
      expect.stringMatching(/^line 8, column 7: "servers\[3\]\.id"/),
      expect.stringMatching(
        /^line 8, column \d+: "servers\[3\]\.passwrd" is not allowed; allowed: id, name, url, user, passwordFile, /,
      ),
    ]);
  });

  test('need ids of their own', () => {
    expect(
      mistakesIn(
        '  - { id: a, url: "http://a" }',
        '  - { id: b, url: "http://b" }',
        '  - { id: a, url: "http://c" }',
      ),
    ).toStrictEqual(['line 4, column 5: "servers[2]" has the id of an entry before it (line 2, column 5)']);
  });

  test.each([
    ['  []', /^line 1, column 1: "servers" has no server in it; leave it out where MEDIAMTX_API_URL names/],
    ['  a: b', /^line 1, column 1: "servers" has to be a list/],
    ['  - { id: a }', /"servers\[0\]\.url" is required/],
    ['  - { url: "http://a" }', /"servers\[0\]\.id" is required/],
    [
      '  - { id: a, url: "http://u:hush@a" }',
      /\.url" has a user or password in it; write user, and passwordFile/,
    ],
    [
      '  - { id: a, url: "http://a", passwordFile: /s/password }',
      /has passwordFile; allowed: only together with user/,
    ],
    [
      '  - { id: a, url: "http://a", user: u, passwordFile: /s/empty }',
      /whose content is empty; allowed: that user/,
    ],
    [
      '  - { id: a, url: "http://a", tokenFile: /s/spaces }',
      /whose content is wrong; allowed: a token without spaces/,
    ],
    [
      '  - { id: a, url: "http://a", caFile: /s/ca.pem }',
      /has caFile; allowed: only with an https:\/\/ address in url/,
    ],
    [
      '  - { id: a, url: "https://a", caFile: /s/token }',
      /whose content holds no certificate; allowed: a file with/,
    ],
    [
      `  - { id: a, url: "https://a", caFile: /s/ca.pem, fingerprint: "${fingerprint}" }`,
      /has both caFile and/,
    ],
    [
      '  - { id: a, url: "http://a", password: hush }',
      /"servers\[0\]\.password" is not allowed; allowed: id, name/,
    ],
    [
      '  - { id: a, url: "http://a", labels: { 1st: x } }',
      /labels\.1st" can't be the name of a label; allowed: 1 to/,
    ],
    ['  - { id: a, url: "http://a", labels: { site: 7 } }', /labels\.site" must be a string/],
    [
      `  - { id: a, url: "http://a", name: "${'x'.repeat(101)}" }`,
      /name" length must be less than or equal to 100/,
    ],
  ])('%s is a mistake, without what may be secret in it', (text, mistake) => {
    const mistakes = mistakesIn(text);
    expect(mistakes).toHaveLength(1);
    expect(mistakes?.[0]).toMatch(mistake);
    expect(mistakes?.[0]).not.toMatch(/hush|two words|tok3n/);
  });

  test('are at most as many as anyone looks after', () => {
    const entries = Array.from({ length: 1_001 }, (_, n) => `  - { id: s${n}, url: "http://a" }`);
    expect(mistakesIn(...entries)).toStrictEqual([
      'line 1, column 1: "servers" must contain less than or equal to 1000 items',
    ]);
  });
});
