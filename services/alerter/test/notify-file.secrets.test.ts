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
const entry = fc.record(
  {
    name: fc.constantFrom('a', 'b'),
    kind: fc.constantFrom(...TARGET_KINDS, 'else'),
    from: fc.constantFrom('a@b.example', 'nobody'),
    to: fc.constantFrom('a@b.example', []),
    chat: fc.constantFrom('1', 1, ' '),
    hours: fc.constantFrom('08:00-18:00', 'x'),
    ...Object.fromEntries(hidden.map((name) => [name, odd] as const)),
  },
  { requiredKeys: [] },
);
const file = fc.record(
  { notify: fc.array(fc.oneof(entry, written), { maxLength: 3 }), heartbeat: fc.oneof(odd, entry) },
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
      // An absolute path is one, whatever it is called: without it nobody would know which file is missing.
      const said = saidOf(JSON.stringify(content)).replaceAll(/"\.{0,2}\/.*?" *,? which.*/g, '');
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
