import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, freePort } from '@mediamtx-monitor/testkit';
import { parse } from 'yaml';
import { inProject, readText } from '../../docs/support/documents.ts';
import { run } from '../../support/running.ts';

export const CONFIG = 'docker/prometheus/prometheus.yml';
export const RULES = 'docker/prometheus/rules.yml';

/** A series that a query has found. */
export interface FoundSeries {
  readonly metric: Readonly<Record<string, string>>;
  /** Times (Unix, in s) and values. */
  readonly values: readonly (readonly [atS: number, value: string])[];
}

/** A rule as Prometheus holds it, and how it went. */
export interface EvaluatedRule {
  readonly name: string;
  readonly query: string;
  readonly health: string;
  readonly lastError?: string;
  readonly annotations: Readonly<Record<string, string>>;
  /** Those it raises, pending ones too. */
  readonly alerts: readonly unknown[];
}

/** A real Prometheus of our own. */
export interface Prometheus {
  readonly url: string;
  /** All series that a query has found since the start. Throws what Prometheus complains of. */
  readonly query: (expr: string) => Promise<readonly FoundSeries[]>;
  /** All series that match a selector. */
  readonly series: (selector: string) => Promise<readonly Readonly<Record<string, string>>[]>;
  readonly rules: () => Promise<readonly EvaluatedRule[]>;
  readonly stop: () => Promise<void>;
}

interface ScrapeJob {
  readonly job_name: string;
}

/** The configuration of the compose profile, with these targets of its jobs (`host:port`) and a second for interval. */
function configFor(targets: Readonly<Record<string, string>>): string {
  const { scrape_configs: jobs } = parse(readText(CONFIG)) as {
    readonly scrape_configs: readonly ScrapeJob[];
  };
  const missing = Object.keys(targets).filter((name) => !jobs.some((job) => job.job_name === name));
  if (missing.length > 0) throw new Error(`${CONFIG} has no job ${missing.join(', ')}`);
  const config = {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: [inProject(RULES)],
    scrape_configs: jobs.flatMap((job) => {
      const target = targets[job.job_name];
      if (target === undefined) return [];
      // No tokens here.
      return [
        {
          ...job,
          authorization: undefined,
          dns_sd_configs: undefined,
          static_configs: [{ targets: [target] }],
        },
      ];
    }),
  };
  // YAML takes JSON.
  return JSON.stringify(config);
}

/** Starts a Prometheus that scrapes these targets, by the names of their jobs, and waits until it is ready. */
export function startPrometheus(targets: Readonly<Record<string, string>>): Promise<Prometheus> {
  return startConfigured(configFor(targets));
}

/** Starts a Prometheus with a configuration (YAML or JSON), and waits until it is ready. */
export async function startConfigured(config: string): Promise<Prometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'prometheus-'));
  const file = join(folder, 'prometheus.yml');
  await writeFile(file, config);
  const url = `http://127.0.0.1:${await freePort()}`;
  const startedS = Date.now() / 1_000;
  const program = run('prometheus', [
    `--config.file=${file}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=${new URL(url).host}`,
  ]);
  const ask = async <T>(path: string, query: Record<string, string>): Promise<T> => {
    const response = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(query).toString()}`);
    const answer = (await response.json()) as { readonly data: T; readonly error?: string };
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.data;
  };
  const since = (): Record<string, string> => ({ start: String(startedS), end: String(Date.now() / 1_000) });
  const stop = async (): Promise<void> => {
    await program.stop();
    await rm(folder, { recursive: true });
  };
  try {
    await eventually(async () => {
      program.mustRun();
      const { status } = await fetch(`${url}/-/ready`);
      if (status !== 200) throw new Error(`Prometheus is not ready: ${status}\n${program.output()}`);
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    query: async (expr) => {
      type Found = { readonly result: readonly FoundSeries[] };
      return (await ask<Found>('query_range', { query: expr, step: '1', ...since() })).result;
    },
    series: (selector) => ask('series', { 'match[]': selector, ...since() }),
    rules: async () => {
      type Groups = { readonly groups: readonly { readonly rules: readonly EvaluatedRule[] }[] };
      return (await ask<Groups>('rules', {})).groups.flatMap(({ rules }) => rules);
    },
    stop,
  };
}
