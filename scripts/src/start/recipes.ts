import { join } from 'node:path';
import { type Environment, NODE_FLAGS } from '@mediamtx-monitor/runtime';
import type { Recipe } from './program.ts';

const LOOPBACK = '127.0.0.1';

/** What a redis-server of our own keeps from one run to the next. */
export interface KeptState {
  /** A folder that exists. */
  readonly folder: string;
  readonly file: string;
}

/**
 * A redis-server for this run: on loopback. It writes what it has into a file every five minutes and at its end, and has
 * it again in the next run: events, sessions and history are nowhere else.
 */
export function redisRecipe(env: Environment, port: number, { folder, file }: KeptState): Recipe {
  const kept = { dir: folder, dbfilename: file, save: '300 1', appendonly: 'no' };
  const settings = { port: String(port), bind: LOOPBACK, ...kept, daemonize: 'no' };
  const args = Object.entries({ ...settings, loglevel: 'warning' }).flatMap(([name, value]) => [
    `--${name}`,
    value,
  ]);
  return { name: 'redis-server', command: 'redis-server', args, env };
}

/** One of the project's own programs, built before. */
function nodeRecipe(root: string, name: string, folder: string, env: Environment): Recipe {
  const args = [...NODE_FLAGS, join(root, folder, 'dist', 'main.js')];
  return { name, command: process.execPath, args, env };
}

export function simulatorRecipe(root: string, env: Environment, port: number): Recipe {
  const own = { ...env, SIMULATOR_HOST: LOOPBACK, SIMULATOR_PORT: String(port) };
  return nodeRecipe(root, 'simulator', 'packages/simulator', own);
}

export function collectorRecipe(root: string, env: Environment): Recipe {
  return nodeRecipe(root, 'collector', 'services/collector', env);
}

/** `HEALTH_PORT`, where one is set, is the collector's: two can't listen on it. */
export function hostAgentRecipe(root: string, env: Environment): Recipe {
  const own = { ...env, HEALTH_PORT: env['HEALTH_PORT'] === '0' ? '0' : '' };
  return nodeRecipe(root, 'host agent', 'services/host-agent', own);
}

/** The API with the dashboard: the one of this folder, unless a setting names another. */
export function apiRecipe(root: string, env: Environment, port: number): Recipe {
  const { STATIC_DIR = '' } = env;
  const folder = STATIC_DIR === '' ? join(root, 'services/dashboard/dist') : STATIC_DIR;
  return nodeRecipe(root, 'API', 'services/api', { ...env, API_PORT: String(port), STATIC_DIR: folder });
}

/** Address of a redis-server or simulator of this run. */
export function ownUrl(scheme: 'redis' | 'http', port: number): string {
  return `${scheme}://${LOOPBACK}:${port}`;
}
