import { expect, test } from '@jest/globals';
import { SettingsError } from '@mediamtx-monitor/runtime';
import fc from 'fast-check';
import { TARGET_KINDS } from '../src/model.ts';
import { parseNotifyFile, readNotifyFile } from '../src/notify-file.ts';

const SECRET = 'c0rrect-horse';

/** What people may write by mistake, or on purpose, where an address or a secret is meant. */
const written = fc.oneof(
  fc.constantFrom(
    SECRET,
    `https://${SECRET}@a.example`,
    `https://u:${SECRET}@a.example`,
    `https://a.example/${SECRET}`,
    `https://a.example:${SECRET}/`,
    `https:/a.example/${SECRET}`,
    `smtp://u:${SECRET}@mail.example`,
    `ftp://${SECRET}`,
    `//${SECRET}`,
    ` https://a.example/${SECRET}`,
    `https://a.example/ ${SECRET}`,
    `whsec_${SECRET}`,
    `\n${SECRET}`,
    `{{#value}} ${SECRET}`,
  ),
  fc.string({ maxLength: 20 }).map((text) => `${text}${SECRET}`),
);
const odd = fc.oneof(
  written,
  fc.array(written, { maxLength: 2 }),
  fc.record({ [`url:https://a.example/${SECRET}`]: fc.constant(null) }),
);
const hidden = ['url', 'urlFile', 'secretFile', 'secret', 'token', 'password'] as const;
const others = [
  ...['severity', 'match', 'servers', 'language', 'days', 'timeZone', 'every', 'for'],
  ...['groupWait', 'groupInterval', 'repeat'],
] as const;
const entry = fc.record(
  {
    name: fc.constantFrom('a', 'b', SECRET, `${SECRET} `),
    kind: fc.oneof(fc.constantFrom(...TARGET_KINDS, 'else'), odd),
    from: fc.oneof(fc.constantFrom('a@b.example', 'nobody'), odd),
    to: fc.oneof(fc.constantFrom('a@b.example', []), odd),
    chat: fc.oneof(fc.constantFrom('1', 1, ' '), odd),
    hours: fc.oneof(fc.constantFrom('08:00-18:00', 'x'), odd),
    ...Object.fromEntries([...hidden, ...others].map((name) => [name, odd] as const)),
  },
  { requiredKeys: [] },
);
const file = fc.record(
  {
    notify: fc.array(fc.oneof(entry, written), { maxLength: 3 }),
    maintenance: fc.array(fc.oneof(entry, written), { maxLength: 2 }),
    heartbeat: fc.oneof(odd, entry),
  },
  { requiredKeys: [] },
);

/** All that is said of a file. */
function saidOf(text: string): string {
  const readFile = (path: string): string => {
    if (path === 'monitor.yml') return text;
    throw new Error(`ENOENT: no such file or directory, open '${path}'`);
  };
  try {
    return readNotifyFile('monitor.yml', readFile).warnings.join('\n');
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes.join('\n');
    throw error;
  }
}

test('whatever stands where a secret may be, none is told', () => {
  fc.assert(
    fc.property(file, (content) => {
      // A path is one, whatever it is called, and a target's name, too: without it nobody would know which.
      const said = saidOf(JSON.stringify(content))
        .replaceAll(/"\.{0,2}\/.*?" *,? which.*/g, '')
        .replaceAll(/^target \S+(:| has its url| can't be)/gm, '');
      expect(said).not.toContain(SECRET);
    }),
    { numRuns: 2_000 },
  );
});

test('a file that is read has no secret in what tells it from another', () => {
  const text = `notify: [{name: a, kind: slack, url: "https://hooks.example/${SECRET}"}]`;
  const { targets, digest } = parseNotifyFile(text, 'x');
  expect(`${digest}${targets.map((target) => target.digest).join('')}`).not.toContain(SECRET);
});
