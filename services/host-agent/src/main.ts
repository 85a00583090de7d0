import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import {
  createLogger,
  findServiceManager,
  readEnvironment,
  runMain,
  runService,
  systemClock,
} from '@mediamtx-monitor/runtime';
import { createHostAgent } from './app.ts';
import { loadConfig } from './config.ts';

async function main(): Promise<number> {
  const config = loadConfig(readEnvironment(process.env, process.cwd()), {
    readFile: (path) => readFileSync(path, 'utf8'),
    readLink: readlinkSync,
    exists: existsSync,
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

await runMain('host-agent', main, process);
