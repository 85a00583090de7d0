import { join } from 'node:path';
import type { Environment } from '@mediamtx-monitor/runtime';
import { type OwnRedisOptions, startOwnRedis } from './own-redis.ts';
import { makePlan, type Origin, type Situation } from './plan.ts';
import { usablePort } from './ports.ts';
import { mediamtxAnswers } from './probe-mediamtx.ts';
import { LOOPBACK, ownUrl, simulatorRecipe } from './recipes.ts';
import { stateFileName } from './state-file.ts';
import type { Defaults } from './survey.ts';
import { untilReady } from './until.ts';
import { alertsText, keptText, mediamtxText, redisText } from './text.ts';

/** What the sources of a run are made with. */
export interface SourceOptions extends OwnRedisOptions {
  /** Folder of what a Redis of our own keeps; made where it isn't there. */
  readonly stateFolder: string;
  readonly defaults: Defaults;
  /** What the settings say of MediaMTX's address; counts where it is set. */
  readonly mediamtxUrl: string;
  readonly simulatorPort: number | null;
  readonly replay: string | null;
  readonly say: (line: string) => void;
  readonly output: 'inherit' | 'ignore';
}

/** Starts the simulator; resolves with its address. */
async function startOwnMediamtx(options: SourceOptions): Promise<string> {
  const { processes, root, env, output, signal } = options;
  const port = await usablePort(LOOPBACK, options.simulatorPort ?? 0, 'SIMULATOR_PORT');
  const url = ownUrl('http', port);
  processes.watch(processes.launch(simulatorRecipe(root, env, port), output));
  await untilReady('the simulator', () => mediamtxAnswers(url), signal);
  return url;
}

/** Whose past a Redis of our own keeps; `null` when the simulator is watched. */
function watchedUrl({ mediamtxUrl, defaults }: SourceOptions, origin: Origin): string | null {
  if (origin === 'own') return null;
  return origin === 'configured' ? mediamtxUrl : defaults.mediamtxUrl;
}

/** Starts what is missing, says what is used, and resolves with the settings that point the services there. */
export async function provideSources(options: SourceOptions, situation: Situation): Promise<Environment> {
  const { env, defaults, replay, say, signal } = options;
  const plan = makePlan(situation);
  const file = join(options.stateFolder, stateFileName(watchedUrl(options, plan.mediamtx), replay));
  const redisUrl = plan.redis === 'own' ? await startOwnRedis(options, file) : null;
  if (signal.aborted) return {};
  say(redisText(plan.redis, situation.redisAnswer, defaults.redisUrl, redisUrl));
  if (redisUrl !== null) say(keptText(file));
  mediamtxText(plan.mediamtx, defaults.mediamtxUrl, replay).forEach(say);
  alertsText(plan.mediamtx, (env['MONITOR_CONFIG'] ?? '') !== '').forEach(say);
  const mediamtxUrl = plan.mediamtx === 'own' ? await startOwnMediamtx(options) : null;
  return {
    ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
    ...(mediamtxUrl === null ? {} : { MEDIAMTX_API_URL: mediamtxUrl }),
  };
}
