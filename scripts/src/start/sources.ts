import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '@mediamtx-monitor/runtime';
import type { Processes } from './processes.ts';
import { ensureRedis } from './ensure-redis.ts';
import { makePlan, type Situation } from './plan.ts';
import { usablePort } from './ports.ts';
import { mediamtxAnswers } from './probe-mediamtx.ts';
import { probeRedis } from './probe-redis.ts';
import { ownUrl, redisRecipe, simulatorRecipe } from './recipes.ts';
import type { Defaults } from './survey.ts';
import { untilReady } from './until.ts';
import { keptText, mediamtxText, redisText } from './text.ts';

/** What the sources of a run are made with. */
export interface SourceOptions {
  readonly processes: Processes;
  readonly root: string;
  /** Folder of what a Redis of our own keeps; made where it isn't there. */
  readonly stateFolder: string;
  readonly env: Environment;
  readonly defaults: Defaults;
  readonly simulatorPort: number | null;
  readonly replay: string | null;
  readonly say: (line: string) => void;
  readonly output: 'inherit' | 'ignore';
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

const LOOPBACK = '127.0.0.1';

/**
 * Starts a redis-server for this run, installing the program where it is missing; resolves with its address.
 * @param file what it keeps
 */
async function startOwnRedis(options: SourceOptions, file: string): Promise<string> {
  const { processes, root, stateFolder: folder, env, signal } = options;
  await ensureRedis(root);
  // What happened is for whoever runs this.
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const port = await usablePort(LOOPBACK, 0, 'REDIS_URL');
  const url = ownUrl('redis', port);
  // What it prints is advice for servers that last; should it end, the start says so.
  processes.launch(redisRecipe(env, port, { folder, file }), 'ignore');
  await untilReady('the private Redis', async () => (await probeRedis(url)) === 'ready', signal);
  return url;
}

/** Starts the simulator; resolves with its address. */
async function startOwnMediamtx(options: SourceOptions): Promise<string> {
  const { processes, root, env, output, signal } = options;
  const port = await usablePort(LOOPBACK, options.simulatorPort ?? 0, 'SIMULATOR_PORT');
  const url = ownUrl('http', port);
  processes.launch(simulatorRecipe(root, env, port), output);
  await untilReady('the simulator', () => mediamtxAnswers(url), signal);
  return url;
}

/** Starts what is missing, says what is used, and resolves with the settings that point the services there. */
export async function provideSources(options: SourceOptions, situation: Situation): Promise<Environment> {
  const { defaults, say } = options;
  const plan = makePlan(situation);
  // What was simulated isn't the past of a server that is there.
  const file = plan.mediamtx === 'own' ? 'simulated.rdb' : 'monitored.rdb';
  const redisUrl = plan.redis === 'own' ? await startOwnRedis(options, file) : null;
  say(redisText(plan.redis, situation.redisAnswer, defaults.redisUrl, redisUrl));
  if (redisUrl !== null) say(keptText(join(options.stateFolder, file)));
  const mediamtxUrl = plan.mediamtx === 'own' ? await startOwnMediamtx(options) : null;
  mediamtxText(plan.mediamtx, defaults.mediamtxUrl, options.replay).forEach(say);
  return {
    ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
    ...(mediamtxUrl === null ? {} : { MEDIAMTX_API_URL: mediamtxUrl }),
  };
}
