import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rig } from '../../support/rig.ts';

/** Writes a MONITOR_CONFIG, which goes with the rig, and hands out its path. */
export async function monitorFile(rig: Rig, content: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'monitor-'));
  await rig.add({ stop: () => rm(folder, { recursive: true }) });
  const file = join(folder, 'monitor.yml');
  // JSON is YAML.
  await writeFile(file, JSON.stringify(content));
  return file;
}
