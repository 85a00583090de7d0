import {
  createLogger,
  durableTarget,
  findServiceManager,
  readEnvironment,
  redisTarget,
  runService,
  systemClock,
} from '@mediamtx-monitor/runtime';
import { createApi } from './app.ts';
import { loadConfig, readFile } from './config.ts';

/** Runs the API until it is told to stop; resolves with the exit code. */
export async function main(): Promise<number> {
  const loaded = loadConfig(readEnvironment(process.env, process.cwd()));
  const { values, files: engineFiles, warnings } = loaded;
  const redis = redisTarget(loaded, readFile);
  const durable = durableTarget(loaded, readFile);
  const logger = createLogger({ service: 'api', settings: values, isTerminal: process.stdout.isTTY });
  for (const warning of warnings) logger.warn(warning);
  const serviceManager = findServiceManager(process.env, process.pid, logger);
  const { parts } = createApi(values, {
    logger,
    clock: systemClock,
    serviceManager,
    redis,
    durable,
    engineFiles,
  });
  return runService({ logger, parts, signals: process, exit: (code) => process.exit(code) });
}
