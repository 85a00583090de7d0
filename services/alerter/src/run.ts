import {
  createLogger,
  findServiceManager,
  readEnvironment,
  runService,
  systemClock,
} from '@mediamtx-monitor/runtime';
import { createAlerter } from './app.ts';
import { loadConfig } from './config.ts';

/** Runs the alerter until it is told to stop; resolves with the exit code. */
export async function main(): Promise<number> {
  const config = loadConfig(readEnvironment(process.env, process.cwd()));
  const logger = createLogger({
    service: 'alerter',
    settings: config.log,
    isTerminal: process.stdout.isTTY,
  });
  for (const warning of config.warnings) logger.warn(warning);
  const names = config.notify.targets.map(({ name }) => name);
  logger.info(
    names.length === 0
      ? 'nobody is told of alerts until MONITOR_CONFIG has notify: docs/alerts.md shows how'
      : `telling ${names.join(', ')}`,
  );
  return runService({
    logger,
    parts: createAlerter(config, {
      clock: systemClock,
      logger,
      serviceManager: findServiceManager(process.env, process.pid, logger),
    }),
    signals: process,
    exit: (code) => process.exit(code),
  });
}
