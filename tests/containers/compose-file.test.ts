import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { loadSettings, NODE_FLAGS } from '@mediamtx-monitor/runtime';
import { HOST_NAME_SETTINGS } from '@mediamtx-monitor/runtime/settings';
import { parse } from 'yaml';
import { ALL_SETTINGS, variablesOf } from '../../scripts/src/all-settings.ts';
import { deployableServices } from '../../scripts/src/deployable-services.ts';
import { inProject, readText } from '../docs/support/documents.ts';
import { codeSpans, rowsUnder } from '../docs/support/markdown.ts';

/** A mount in its short form (`source:target:options`) or its long one. */
type ComposeMount =
  string | { readonly source: string; readonly bind?: { readonly create_host_path: boolean } };

interface ComposeService {
  readonly image?: string;
  readonly pull_policy?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly ComposeMount[];
  readonly pids_limit?: number;
  readonly deploy?: { readonly resources?: { readonly limits?: { readonly pids?: number } } };
}

interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
}

/** The services that compose.yaml runs images of. */
const DEPLOYABLE = deployableServices(inProject('.'));
const FILES = ['compose.yaml', 'compose.prod.yaml'];
const files = FILES.map((path) => parse(readText(path), { merge: true }) as ComposeFile);
const compose = parse(readText('compose.yaml'), { merge: true }) as ComposeFile;
/** All services of both files, with their names. */
const services = files.flatMap((file) => Object.entries(file.services));
const VARIABLE = /\$\{([A-Z_]+)(?::?-([^}]*)|:\?([^}]*)|:\+[^}]*)?\}/g;
const variables = FILES.flatMap((path) =>
  [...readText(path).matchAll(VARIABLE)].flatMap(([, name = '', unless, complaint]) => {
    if (unless !== undefined) return [{ name, unless }];
    return complaint === undefined ? [] : [{ name, unless: '' }];
  }),
);
/** Those of compose.yaml come last: they are the defaults. */
const ownVariables = new Map(
  variables
    .toReversed()
    .filter(({ name }) => !variablesOf(ALL_SETTINGS).includes(name))
    .map(({ name, unless }) => [name, unless]),
);

test('docs/configuration.md has every variable of compose.yaml alone, with its default', () => {
  const rows = rowsUnder(readText('docs/configuration.md'), 'variable');
  const documented = rows.map((row) => [codeSpans(row.first).join(), codeSpans(row.cell('default')).join()]);
  expect(documented.sort()).toStrictEqual([...ownVariables].sort());
});

test('health ports answer under the names by which Prometheus asks them', () => {
  const { scrape_configs: jobs } = parse(readText('docker/prometheus/prometheus.yml')) as {
    scrape_configs: { static_configs?: { targets: string[] }[] }[];
  };
  const names = jobs
    .flatMap((job) => job.static_configs ?? [])
    .flatMap(({ targets }) => targets.map((target) => target.replace(/:\d+$/, '')));
  expect(names).toStrictEqual(['collector', 'host-agent', 'alerter']);
  for (const name of names) {
    const allowed = compose.services[name]?.environment?.['ALLOWED_HOSTS'] ?? '';
    const set = [`${name},`, `${name},media.example`];
    expect(['', 'media.example'].map((value) => allowed.replace('${ALLOWED_HOSTS:-}', value))).toStrictEqual(
      set,
    );
    const env = { ALLOWED_HOSTS: set[0] };
    const { values } = loadSettings(HOST_NAME_SETTINGS, env, { readFile: () => '' });
    expect(values.ALLOWED_HOSTS).toStrictEqual([name]);
  }
});

test('the images start services with the flags that make start does', () => {
  const starts = [...readText('docker/Dockerfile').matchAll(/^ENTRYPOINT (.*)$/gm)].map(
    ([, list = '']) => parse(list) as string[],
  );
  const expected = DEPLOYABLE.map((service) => ['service', `services/${service}/dist/main.js`]);
  expect(starts.sort()).toStrictEqual(expected.sort());
  expect(readText('docker/bin/service')).toContain(`exec node ${NODE_FLAGS.join(' ')} "$main" "$@"`);
});

test('the Dockerfile needs no more than a plain docker build', () => {
  const text = readText('docker/Dockerfile');
  expect(text).not.toMatch(/syntax=|<<|--link|--mount|corepack/);
  // Where BuildKit is wanted by name, a Docker without its plugin buildx builds nothing at all.
  expect(readText('scripts/images.sh')).not.toMatch(/BUILDKIT|buildx/);
});

test('what runs in containers has no line ends of Windows, wherever it was cloned', () => {
  const scripts = ['docker/redis/make-users.sh', 'docker/bin/service', 'docker/caddy/Caddyfile'];
  const attributes = execFileSync('git', ['check-attr', 'eol', ...scripts], {
    cwd: inProject('.'),
    encoding: 'utf8',
  });
  expect(attributes.trim().split('\n')).toStrictEqual(scripts.map((path) => `${path}: eol: lf`));
});

test('an image of our own is never asked of a registry, where anyone may take its name', () => {
  const ours = services.filter(([, { image }]) => image?.startsWith('mediamtx-monitor/'));
  expect(ours.map(([name]) => name).sort()).toStrictEqual(DEPLOYABLE.toSorted());
  for (const [, { pull_policy: policy }] of ours) expect(policy).toBe('never');
});

test('every port is published on this machine only, unless a setting says otherwise', () => {
  const ports = services.flatMap(([, service]) => service.ports ?? []);
  expect(ports.length).toBeGreaterThan(3);
  for (const port of ports) expect(port).toMatch(/^(\$\{[A-Z]+_ADDRESS:-127\.0\.0\.1\}|127\.0\.0\.1):/);
});

test('no container can fill the machine with processes', () => {
  const limitOf = (service: ComposeService): number | undefined =>
    service.pids_limit ?? service.deploy?.resources?.limits?.pids;
  const unlimited = Object.entries(compose.services).filter(([, service]) => limitOf(service) === undefined);
  expect(unlimited.map(([name]) => name)).toStrictEqual([]);
});

test('of files, folders are mounted: what an editor or git replaces is seen', () => {
  const mounts = services.flatMap(([, service]) => service.volumes ?? []);
  const sources = mounts
    .map((mount) => (typeof mount === 'string' ? mount.split(/:(?!-)/)[0] : mount.source) ?? '')
    .map((source) => source.replaceAll(/\$\{[A-Z_]+:-([^}]*)\}/g, '$1').replaceAll(/\$\{[^}]*\}/g, ''))
    .filter((source) => /^[./]/.test(source));
  expect(sources.length).toBeGreaterThan(10);
  for (const source of sources) expect(statSync(inProject(source)).isDirectory()).toBe(true);
});

test('no mount needs a file system of this machine to be shared', () => {
  for (const path of FILES) expect(readText(path)).not.toMatch(/^[^#]*\br?(slave|shared)\b/m);
});

test('what may fail on some machine starts last', () => {
  const { depends_on: after } = compose.services['host-agent'] as {
    depends_on: Readonly<Record<string, unknown>>;
  };
  expect(after).toHaveProperty('proxy');
});
