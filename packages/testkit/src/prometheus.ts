import { spawnSync } from 'node:child_process';

/** Debian's package of each program. */
const PACKAGES = {
  promtool: 'prometheus',
  prometheus: 'prometheus',
  'prometheus-alertmanager': 'prometheus-alertmanager',
  'victoria-metrics': 'victoria-metrics',
};

/**
 * Chooses a test that needs a program of Prometheus, or one like it, or says loudly that it is skipped:
 * `prometheusTest('promtool', test, test.skip)`.
 */
export function prometheusTest<Test>(program: keyof typeof PACKAGES, test: Test, skip: Test): Test {
  if (spawnSync(program, ['--version']).status === 0) return test;
  process.stderr.write(
    `SKIPPED: ${program} is not installed, so it checks nothing (apt install ${PACKAGES[program]})\n`,
  );
  return skip;
}

/** What `promtool check metrics` has to say about a text; empty when nothing is wrong. */
export function promtoolComplaints(text: string | Buffer): string {
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: text });
  const said = `${stdout.toString()}${stderr.toString()}`;
  return status === 0 ? said : `exit ${String(status)}: ${said}`;
}
