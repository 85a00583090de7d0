import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { parseNotifyFile } from '../../services/alerter/src/notify-file.ts';
import { targetSchema } from '../../services/alerter/src/target-entry.ts';
import { readStatusFile } from '../../services/api/src/status/status-file.ts';
import { checkMonitorFile } from '../../services/collector/src/monitor-file.ts';
import { serverSchema } from '../../services/collector/src/server-entry.ts';
import { DOCUMENTS, readText } from './support/documents.ts';
import { blocksOf, codeSpans, rowsUnder } from './support/markdown.ts';

/** What a file may have that collector, alerter and API read. */
const OURS = /^(servers|thresholds|offAirMinutes|streams|expected|notify|maintenance|heartbeat|status):/m;
const examples = DOCUMENTS.flatMap((path) =>
  blocksOf(readText(path))
    .filter(({ language, code }) => language === 'yaml' && OURS.test(code) && !/^services:/m.test(code))
    .map(({ code, line }) => [`${path}:${line}`, code] as const),
);

test('the documents show what MONITOR_CONFIG may have', () => {
  expect(examples.length).toBeGreaterThan(6);
});

test.each(examples)('%s is taken by collector, alerter and API', (place, code) => {
  const text = JSON.stringify(parse(code));
  // What stands in the files that it names is not shown.
  expect(checkMonitorFile(text, place, () => 'x').mistakes).toBeNull();
  expect(() => parseNotifyFile(text, place)).not.toThrow();
  expect(() => readStatusFile(place, () => text)).not.toThrow();
});

/** As Joi describes a choice of objects by their kind. */
interface DescribedKinds {
  readonly matches: readonly {
    readonly switch: readonly {
      readonly then: { readonly keys: Readonly<Record<string, { flags?: { presence?: string } }>> };
    }[];
  }[];
}

test('docs/configuration.md has every member of an entry of notify', () => {
  const rows = rowsUnder(readText('docs/configuration.md'), 'member of `notify`');
  const documented = rows.flatMap(({ first }) => codeSpans(first));
  const { matches } = targetSchema.describe() as DescribedKinds;
  const members = matches.flatMap(({ switch: kinds }) =>
    kinds.flatMap(({ then }) => Object.entries(then.keys)),
  );
  const allowed = new Set(
    members.flatMap(([name, { flags }]) => (flags?.presence === 'forbidden' ? [] : [name])),
  );
  expect(documented.sort()).toStrictEqual([...allowed].sort());
});

test('docs/configuration.md has every member of an entry of servers', () => {
  const rows = rowsUnder(readText('docs/configuration.md'), 'member of `servers`');
  const { keys } = serverSchema(() => '').describe() as { readonly keys: object };
  expect(rows.flatMap(({ first }) => codeSpans(first))).toStrictEqual(Object.keys(keys));
});
