import { basename, dirname, join } from 'node:path';
import { type Environment, NODE_FLAGS } from '@mediamtx-monitor/runtime';
import type { Recipe } from './program.ts';

/** Where all that is started here listens, unless a setting says otherwise. */
export const LOOPBACK = '127.0.0.1';

/** Exit code of a redis-server of our own whose file another one has. */
export const STATE_IN_USE = 75;

/** What an earlier run's redis-server has to write its file, s. */
const LOCK_PATIENCE_S = 5;

/**
 * A redis-server for this run: on loopback. It writes what it has into a file every five minutes and at its end, and has
 * it again in the next run: events, sessions and history are nowhere else. On Linux it holds a lock for as long as it runs,
 * so that no other one writes the same file; the kernel frees it, however the process ends.
 * @param file where it keeps that, in a folder that exists
 */
export function redisRecipe(env: Environment, port: number, file: string): Recipe {
  const kept = { dir: dirname(file), dbfilename: basename(file), save: '300 1', appendonly: 'no' };
  const settings = { port: String(port), bind: LOOPBACK, ...kept, daemonize: 'no' };
  const args = Object.entries({ ...settings, loglevel: 'warning' }).flatMap(([name, value]) => [
    `--${name}`,
    value,
  ]);
  const name = 'redis-server';
  if (process.platform !== 'linux') return { name, command: name, args, env };
  const patience = ['--wait', String(LOCK_PATIENCE_S), '--conflict-exit-code', String(STATE_IN_USE)];
  const lock = ['--no-fork', ...patience, `${file}.lock`];
  return { name, command: 'flock', args: [...lock, name, ...args], env };
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

/** The port so many places behind one; after the last comes the first. */
function portBehind(port: number, places: number): number {
  return ((port + places - 1) % 65_535) + 1;
}

/** `HEALTH_PORT`, where one is set, is the collector's, and the others have those behind it: two can't listen on one. */
function withHealthPort(env: Environment, place: number): Environment {
  const given = Number(env['HEALTH_PORT'] ?? '');
  return given === 0 ? env : { ...env, HEALTH_PORT: String(portBehind(given, place)) };
}

export function hostAgentRecipe(root: string, env: Environment): Recipe {
  return nodeRecipe(root, 'host agent', 'services/host-agent', withHealthPort(env, 1));
}

export function alerterRecipe(root: string, env: Environment): Recipe {
  return nodeRecipe(root, 'alerter', 'services/alerter', withHealthPort(env, 2));
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
