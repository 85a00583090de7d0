import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ReplayServer, startReplayServer } from '@mediamtx-monitor/testkit';
import { type PathList, pathListOf } from './path-list.ts';
import { openStage, type Stage } from './stage.ts';

export const RECORDED = '1.20.1';
/** Made from the description of MediaMTX 1.21, not recorded. */
export const CONSTRUCTED = '1.21.0-constructed';
export type SceneVersion = typeof RECORDED | typeof CONSTRUCTED;

/** A whole monitor around a MediaMTX whose path list goes on from what was recorded. */
export interface ReplayScene extends Stage {
  readonly mediamtx: ReplayServer;
  readonly paths: PathList;
  /** Lets media flow and 2 s pass, so many times. */
  readonly goesOn: (ticks?: number) => Promise<void>;
}

/**
 * Opens a scene after a first tick in which media flowed.
 * @param endings gets what has to be called at the end, in reverse order
 * @param monitorFile content of MONITOR_CONFIG, where there is one
 */
export async function openScene(
  endings: (() => Promise<void>)[],
  version: SceneVersion,
  monitorFile?: Readonly<Record<string, unknown>>,
): Promise<ReplayScene> {
  const mediamtx = await startReplayServer(version);
  endings.push(mediamtx.close);
  const settings: Record<string, string> = {};
  if (monitorFile !== undefined) {
    const folder = await mkdtemp(join(tmpdir(), 'scene-'));
    endings.push(() => rm(folder, { recursive: true }));
    settings['MONITOR_CONFIG'] = join(folder, 'monitor.yml');
    // JSON is YAML.
    await writeFile(settings['MONITOR_CONFIG'], JSON.stringify(monitorFile));
  }
  const paths = pathListOf(mediamtx, version);
  const stage = await openStage(mediamtx.url, settings);
  endings.push(stage.stop);
  const goesOn = async (ticks = 1): Promise<void> => {
    for (let tick = 0; tick < ticks; tick += 1) {
      paths.flow();
      await stage.ticks();
    }
  };
  await goesOn();
  return { ...stage, mediamtx, paths, goesOn };
}
