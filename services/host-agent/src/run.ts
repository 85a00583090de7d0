import { hostname } from 'node:os';
import {
  createLogger,
  findServiceManager,
  readEnvironment,
  runService,
  systemClock,
  systemSurroundings,
} from '@mediamtx-monitor/runtime';
import { createHostAgent } from './app.ts';
import { loadConfig } from './config.ts';

/** Runs the host agent until it is told to stop; resolves with the exit code. */
export async function main(): Promise<number> {
  const config = loadConfig(readEnvironment(process.env, process.cwd()), {
    ...systemSurroundings,
    hostName: hostname,
  });
  const logger = createLogger({
    service: 'host-agent',
    settings: config.log,
    isTerminal: process.stdout.isTTY,
  });
  for (const warning of config.warnings) logger.warn(warning);
  logger.info(`looking at host ${config.host} every ${config.intervalSeconds} s`);
  return runService({
    logger,
    parts: createHostAgent(config, {
      clock: systemClock,
      logger,
      serviceManager: findServiceManager(process.env, process.pid, logger),
    }),
    signals: process,
    exit: (code) => process.exit(code),
  });
}
