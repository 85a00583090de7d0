import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { eventually, freePort } from '@mediamtx-monitor/testkit';
import { run } from '../../support/running.ts';

/** An engine that has been given samples. */
export interface FilledEngine {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

export type EngineProgram = 'prometheus' | 'victoria-metrics';

/** Starts an engine of our own that has these samples (Prometheus' text format, times in ms). */
export async function startFilled(program: EngineProgram, samples: readonly string[]): Promise<FilledEngine> {
  const folder = await mkdtemp(join(tmpdir(), `${program}-`));
  const data = join(folder, 'data');
  const host = `127.0.0.1:${await freePort()}`;
  const url = `http://${host}`;
  if (program === 'prometheus') await makeBlocks(folder, data, samples);
  const args = {
    prometheus: [
      `--config.file=${join(folder, 'none.yml')}`,
      `--storage.tsdb.path=${data}`,
      `--web.listen-address=${host}`,
      '--storage.tsdb.retention.time=60d',
    ],
    'victoria-metrics': [`-storageDataPath=${data}`, `-httpListenAddr=${host}`, '-retentionPeriod=2'],
  };
  const running = run(program, args[program]);
  const stop = async (): Promise<void> => {
    await running.stop();
    await rm(folder, { recursive: true });
  };
  try {
    await eventually(async () => {
      running.mustRun();
      const { status } = await fetch(`${url}/${program === 'prometheus' ? '-/ready' : 'health'}`);
      if (status !== 200) throw new Error(`${program} is not ready: ${status}\n${running.output()}`);
    });
    if (program === 'victoria-metrics') await importSamples(url, samples);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

/** Without scraping for it: blocks as if they had been scraped. */
async function makeBlocks(folder: string, data: string, samples: readonly string[]): Promise<void> {
  await writeFile(join(folder, 'none.yml'), '{}');
  const file = join(folder, 'samples');
  const inSeconds = samples.map((line) => line.replace(/ (\d+)(\d{3})$/, ' $1.$2'));
  await writeFile(file, `${inSeconds.join('\n')}\n# EOF\n`);
  // Blocks of 2 h are more than are made in a moment, of a month.
  const making = ['tsdb', 'create-blocks-from', 'openmetrics', '--max-block-duration=162h', file, data];
  const made = spawnSync('promtool', making, { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stdout + made.stderr);
}

async function importSamples(url: string, samples: readonly string[]): Promise<void> {
  const body = `${samples.join('\n')}\n`;
  const { status } = await fetch(`${url}/api/v1/import/prometheus`, { method: 'POST', body });
  if (status !== 204) throw new Error(`it took no samples: ${status}`);
  await fetch(`${url}/internal/force_flush`);
}
