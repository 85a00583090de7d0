import { access, constants, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Environment, fileFailure, StartError } from '@mediamtx-monitor/runtime';
import { ensureRedis } from './ensure-redis.ts';
import { usablePort } from './ports.ts';
import { probeRedis } from './probe-redis.ts';
import type { Processes } from './processes.ts';
import type { ProgramExit } from './program.ts';
import { LOOPBACK, ownUrl, redisRecipe, STATE_IN_USE } from './recipes.ts';
import { endingText, redisEndingText, stateInUseText, stateUnusableText } from './text.ts';
import { untilReady } from './until.ts';

/** What a Redis of our own is started with. */
export interface OwnRedisOptions {
  readonly processes: Processes;
  readonly root: string;
  readonly env: Environment;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

/** Makes the folder where it isn't there; what happened is for whoever runs this. */
async function ensureFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartError('state-unusable', stateUnusableText(folder, fileFailure(error)));
  }
}

function failureOf(file: string, ending: ProgramExit): StartError {
  if (ending.failure !== null) return new StartError('no-redis', endingText('redis-server', ending));
  if (ending.code === STATE_IN_USE) return new StartError('state-in-use', stateInUseText(file));
  return new StartError('state-unusable', stateUnusableText(file, redisEndingText(ending)));
}

/**
 * Starts a redis-server for this run, installing the program where it is missing; resolves with its address when it is
 * ready, or the signal aborts.
 * @param file where it keeps what it has; never removed here, whatever is wrong with it
 * @throws {StartError} when that can't be used: by its code `state-in-use` since another run has it, or
 * `state-unusable`; `no-redis` when redis-server can't be run
 */
export async function startOwnRedis(options: OwnRedisOptions, file: string): Promise<string> {
  const { processes, root, env, signal } = options;
  await ensureRedis(root);
  await ensureFolder(dirname(file));
  const port = await usablePort(LOOPBACK, 0, 'REDIS_URL');
  const url = ownUrl('redis', port);
  // What it prints is advice for servers that last; should it end, the start says why.
  const redis = processes.launch(redisRecipe(env, port, file), 'keep');
  const gone = new AbortController();
  const ended = redis.ended.finally(() => {
    gone.abort();
  });
  const isReady = async (): Promise<boolean> => (await probeRedis(url)) === 'ready';
  await untilReady('the private Redis', isReady, AbortSignal.any([signal, gone.signal]));
  if (gone.signal.aborted && !signal.aborted) throw failureOf(file, await ended);
  processes.watch(redis);
  return url;
}
