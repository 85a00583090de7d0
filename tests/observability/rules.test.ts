import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { prometheusTest } from '@mediamtx-monitor/testkit';
import { parse } from 'yaml';
import { inProject, readText } from '../docs/support/documents.ts';
import { blocksOf, codeSpans, rowsUnder } from '../docs/support/markdown.ts';
import { CONFIG, RULES } from './support/prometheus.ts';

const DOCUMENT = 'docs/operations.md';
const TESTS = 'tests/observability/alerts.yml';

interface AlertRule {
  readonly alert: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const rules = (
  parse(readText(RULES)) as { readonly groups: readonly { readonly rules: readonly AlertRule[] }[] }
).groups.flatMap((group) => group.rules);

const promtool = (...args: readonly string[]): { readonly status: number | null; readonly said: string } => {
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' });
  return { status, said: stdout + stderr };
};
const promtoolTest = prometheusTest<typeof test.skip>('promtool', test, test.skip);

promtoolTest('promtool takes rules and configuration', () => {
  for (const [what, path] of [
    [['rules'], RULES],
    // The token that it names is there in its container only.
    [['config', '--syntax-only'], CONFIG],
  ] as const) {
    const { status, said } = promtool('check', ...what, inProject(path));
    expect([status, said]).toStrictEqual([0, expect.stringContaining('SUCCESS')]);
  }
});

promtoolTest('alerts fire when they should, and only then', () => {
  const { status, said } = promtool('test', 'rules', inProject(TESTS));
  expect([said, status]).toStrictEqual([expect.stringContaining('SUCCESS'), 0]);
});

/** Code blocks of the documents that are files of Prometheus. */
const snippetsWith = (member: string): string[] =>
  blocksOf(readText(DOCUMENT))
    .map(({ code }) => code)
    .filter((code) => new RegExp(`^${member}:`, 'm').test(code));

promtoolTest('promtool takes what the documents show', () => {
  const folder = mkdtempSync(join(tmpdir(), 'prometheus-'));
  try {
    const snippets = snippetsWith('scrape_configs');
    expect(snippets.length).toBeGreaterThan(0);
    for (const snippet of snippets) {
      const file = join(folder, 'snippet.yml');
      writeFileSync(file, snippet);
      const { status, said } = promtool('check', 'config', '--syntax-only', file);
      expect([status, said]).toStrictEqual([0, expect.stringContaining('SUCCESS')]);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the jobs that alerts look for are those that the documents show', () => {
  const jobsIn = (text: string): string[] =>
    [...text.matchAll(/^ *- job_name: (.+)$/gm)].map(([, name = '']) => name).sort();
  const [shown = ''] = snippetsWith('scrape_configs');
  expect(jobsIn(shown).length).toBeGreaterThan(2);
  expect(jobsIn(readText(CONFIG))).toStrictEqual(expect.arrayContaining(jobsIn(shown)));
  const wanted = [...readText(RULES).matchAll(/\bjob="([^"]+)"/g)].map(([, name = '']) => name);
  expect([...new Set(wanted)].sort()).toStrictEqual(jobsIn(shown));
});

test('the documents list exactly the alerts there are', () => {
  const listed = rowsUnder(readText(DOCUMENT), 'alert', 'severity');
  expect(listed.map((row) => [codeSpans(row.first).join(), row.cell('severity')])).toStrictEqual(
    rules.map(({ alert, labels }) => [alert, labels['severity']]),
  );
});

test('each alert is seen firing', () => {
  interface AlertTest {
    readonly alertname: string;
    readonly exp_alerts: readonly unknown[];
  }
  const { tests } = parse(readText(TESTS)) as {
    readonly tests: readonly { readonly alert_rule_test: readonly AlertTest[] }[];
  };
  const tried = tests.flatMap(({ alert_rule_test }) => alert_rule_test);
  const firing = tried.filter(({ exp_alerts }) => exp_alerts.length > 0).map(({ alertname }) => alertname);
  expect(rules.map(({ alert }) => alert).filter((name) => !firing.includes(name))).toStrictEqual([]);
});

test('each alert says how bad it is, what is wrong and what to do', () => {
  const incomplete = rules.filter(
    ({ labels, annotations }) =>
      !['critical', 'warning'].includes(labels['severity'] ?? '') ||
      !/\.(?:\{\{ end \}\})?$/.test(annotations['description'] ?? '') ||
      (annotations['summary'] ?? '') === '',
  );
  expect(incomplete.map(({ alert }) => alert)).toStrictEqual([]);
});
