import { expect, test } from '@jest/globals';
import { loadSettings, NODE_FLAGS, SETTINGS } from '@mediamtx-monitor/runtime';
import { parse } from 'yaml';
import { readText } from '../docs/support/documents.ts';
import { codeWords, rowsUnder } from '../docs/support/markdown.ts';

interface ComposeFile {
  readonly services: Readonly<Record<string, { readonly environment?: Readonly<Record<string, string>> }>>;
}

const compose = parse(readText('compose.yaml'), { merge: true }) as ComposeFile;
const VARIABLE = /\$\{([A-Z_]+)(?::?-([^}]*)|:[?+][^}]*)?\}/g;
const variables = ['compose.yaml', 'compose.prod.yaml'].flatMap((path) =>
  [...readText(path).matchAll(VARIABLE)].flatMap(([, name = '', unless]) =>
    unless === undefined ? [] : [{ name, unless }],
  ),
);
const ownVariables = new Map(
  variables
    .filter(({ name }) => !(name in SETTINGS) && !(name.replace(/_FILE$/, '') in SETTINGS))
    .map(({ name, unless }) => [name, unless]),
);

/** Settings that mean nothing in a container, or that compose.yaml decides by itself. */
const DECIDED: Readonly<Record<string, readonly string[]>> = {
  collector: ['JSON_FILE', 'MONITOR_CONFIG'],
  api: ['API_HOST', 'API_PORT', 'API_TOKENS_FILE', 'STATIC_DIR'],
  'host-agent': [],
};
const EVERYWHERE = [
  'REDIS_URL',
  'REDIS_CA_FILE',
  'HEALTH_HOST',
  'HEALTH_PORT',
  'LOG_FILE',
  'LOG_FILE_MAX_MB',
];

test.each(Object.keys(DECIDED))('every setting that the %s reads can be set for its container', (service) => {
  const [, list = ''] =
    /const NAMES = \[([^\]]*)\]/.exec(readText(`services/${service}/src/config.ts`)) ?? [];
  const names = [...list.matchAll(/'([A-Z_]+)'/g)].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(5);
  const passed = Object.keys(compose.services[service]?.environment ?? {});
  const open = names.filter((name) => !EVERYWHERE.includes(name) && !DECIDED[service]?.includes(name));
  expect(passed).toEqual(expect.arrayContaining(open));
});

test('docs/configuration.md and .env.example have every variable of compose.yaml alone, with its default', () => {
  const rows = rowsUnder(readText('docs/configuration.md'), 'variable');
  const told = rows.map((row) => [codeWords(row.first).join(), codeWords(row.cell('default')).join()]);
  expect(told.sort()).toEqual([...ownVariables].sort());
});

test('health ports answer under the names by which Prometheus asks them', () => {
  const { scrape_configs: jobs } = parse(readText('docker/prometheus/prometheus.yml')) as {
    scrape_configs: { static_configs?: { targets: string[] }[] }[];
  };
  const names = jobs
    .flatMap((job) => job.static_configs ?? [])
    .flatMap(({ targets }) => targets.map((target) => target.replace(/:\d+$/, '')));
  expect(names).toEqual(['collector', 'host-agent']);
  for (const name of names) {
    const allowed = compose.services[name]?.environment?.['ALLOWED_HOSTS'] ?? '';
    const set = [`${name},`, `${name},media.example`];
    expect(['', 'media.example'].map((value) => allowed.replace('${ALLOWED_HOSTS:-}', value))).toEqual(set);
    const env = { ALLOWED_HOSTS: set[0] };
    const { values } = loadSettings(['ALLOWED_HOSTS'], env, { readFile: () => '' });
    expect(values.ALLOWED_HOSTS).toEqual([name]);
  }
});

test('the images start services with the flags that make start does', () => {
  const commands = readText('docker/Dockerfile')
    .split('\n')
    .filter((line) => line.startsWith('CMD ["node"'));
  expect(commands).toHaveLength(3);
  const flags = NODE_FLAGS.map((flag) => `"${flag}", `).join('');
  for (const command of commands) expect(command).toMatch(`CMD ["node", ${flags}"services/`);
});

test('the Dockerfile needs no more than a plain docker build', () => {
  const text = readText('docker/Dockerfile');
  expect(text).not.toMatch(/syntax=|<<|--link|--mount|corepack/);
});
