import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { OLDEST_NODE } from '@mediamtx-monitor/runtime/enter';
import { Ajv } from 'ajv';
import { parse } from 'yaml';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = '.github/workflows';
const readText = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');

interface WorkflowStep {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
}
interface Job {
  readonly if?: string;
  readonly needs?: readonly string[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
  readonly steps: readonly WorkflowStep[];
}
interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const strings = { type: 'array', items: { type: 'string' } };
const permissions = { type: 'object', additionalProperties: { enum: ['read', 'write', 'none'] } };
const env = { type: 'object', additionalProperties: { type: ['string', 'number'] } };
const step = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    name: { type: 'string' },
    if: { type: 'string' },
    uses: { type: 'string' },
    with: { type: 'object' },
    run: { type: 'string' },
    env,
  },
  additionalProperties: false,
  oneOf: [{ required: ['uses'] }, { required: ['run'], not: { required: ['with'] } }],
};
const job = {
  type: 'object',
  properties: {
    if: { type: 'string' },
    needs: strings,
    'runs-on': { type: 'string' },
    'timeout-minutes': { type: 'number' },
    permissions,
    strategy: {
      type: 'object',
      properties: {
        'fail-fast': { type: 'boolean' },
        matrix: { type: 'object', additionalProperties: { type: 'array', minItems: 1 } },
      },
      required: ['matrix'],
      additionalProperties: false,
    },
    env,
    steps: { type: 'array', items: step, minItems: 1 },
  },
  required: ['runs-on', 'timeout-minutes', 'steps'],
  additionalProperties: false,
};
/** As much of the syntax of GitHub's workflows as ours use. */
const isWorkflow = new Ajv({ strict: false }).compile<Workflow>({
  type: 'object',
  properties: {
    name: { type: 'string' },
    on: {
      type: 'object',
      properties: {
        push: {
          type: 'object',
          properties: { branches: strings, tags: strings },
          additionalProperties: false,
        },
        pull_request: { type: 'null' },
      },
      additionalProperties: false,
    },
    permissions,
    jobs: { type: 'object', additionalProperties: job },
  },
  required: ['name', 'on', 'permissions', 'jobs'],
  additionalProperties: false,
});

function readWorkflow(path: string): Workflow {
  // A key that is there twice throws.
  const content: unknown = parse(readText(path));
  if (!isWorkflow(content)) throw new Error(`${path}: ${JSON.stringify(isWorkflow.errors)}`);
  return content;
}

const targets = [...readText('Makefile').matchAll(/^([a-z-]+):/gm)].map(([, target]) => target);

describe.each(readdirSync(join(PROJECT, FOLDER)))('%s', (name) => {
  const { permissions: common, jobs } = readWorkflow(join(FOLDER, name));
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const scripts = steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
  const named = (pattern: RegExp): string[] =>
    scripts.flatMap((script) => [...script.matchAll(pattern)].map(([, name = '']) => name));

  test('the make targets and scripts that it runs are there', () => {
    expect(named(/\bmake ([a-z-]+)/g)).not.toStrictEqual([]);
    expect(named(/\bmake ([a-z-]+)/g).filter((target) => !targets.includes(target))).toStrictEqual([]);
    expect(named(/\b(scripts\/[\w.-]+)/g).filter((path) => !existsSync(join(PROJECT, path)))).toStrictEqual(
      [],
    );
  });

  test('its scripts can be read by bash', () => {
    for (const script of scripts) {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
      expect({ script, status, stderr }).toStrictEqual({ script, status: 0, stderr: '' });
    }
  });

  test('its actions are pinned by major version', () => {
    const used = steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    expect(used.filter((action) => !/^[\w-]+\/[\w-]+@v\d+$/.test(action))).toStrictEqual([]);
  });

  test('it may read, and only what makes a release of a tag may write', () => {
    expect(common).toStrictEqual({ contents: 'read' });
    const writing = Object.values(jobs).filter((job) => job.permissions !== undefined);
    expect(writing.map((job) => [job.permissions, job.if])).toStrictEqual([
      [{ contents: 'write' }, "startsWith(github.ref, 'refs/tags/v')"],
    ]);
  });

  test('what its jobs name is there: other jobs, their matrix, their steps', () => {
    for (const one of Object.values(jobs)) {
      const { needs = [], strategy, steps: own } = one;
      expect(needs.filter((other) => !(other in jobs))).toStrictEqual([]);
      const part = JSON.stringify(one);
      for (const [, key] of part.matchAll(/\$\{\{ matrix\.([\w-]+) \}\}/g)) {
        expect(Object.keys(strategy?.matrix ?? {})).toContain(key);
      }
      for (const [, id] of part.matchAll(/\$\{\{ steps\.([\w-]+)\./g)) {
        expect(own.map((each) => each.id)).toContain(id);
      }
    }
  });
});

test('tests run on the oldest Node and on that of the images', () => {
  const { jobs } = readWorkflow(`${FOLDER}/ci.yml`);
  const [, ofImages] = /^FROM node:(\d+)-/m.exec(readText('docker/Dockerfile')) ?? [];
  expect(jobs['test']?.strategy?.matrix['node']).toStrictEqual([parseInt(OLDEST_NODE, 10), Number(ofImages)]);
});
