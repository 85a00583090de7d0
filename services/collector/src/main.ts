import {
  createLogger,
  findServiceManager,
  isContainer,
  readEnvironment,
  runMain,
  runService,
  StartError,
  systemClock,
  systemSurroundings,
} from '@mediamtx-monitor/runtime';
import { createCollector, createCollectorParts } from './app.ts';
import { loadConfig } from './config.ts';
import { runOnce } from './once.ts';

const USAGE = 'usage: main.js [--once]   --once: poll once, store, exit';

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  const once = args.includes('--once');
  if (args.some((arg) => arg !== '--once')) throw new StartError('usage', USAGE);
  const config = loadConfig(readEnvironment(process.env, process.cwd()));
  const logger = createLogger({
    service: 'collector',
    settings: config.log,
    isTerminal: process.stdout.isTTY,
  });
  for (const warning of config.warnings) logger.warn(warning);
  const machine = {
    clock: systemClock,
    logger,
    userId: process.getuid?.(),
    inContainer: isContainer(process.env, systemSurroundings),
  };
  if (once) {
    const parts = createCollectorParts(config, machine, { role: 'join', waitForAuthProbe: true });
    return runOnce(parts, config, logger);
  }
  logger.info(`polling ${config.mediamtx.url} every ${config.intervalSeconds} s as server ${config.server}`);
  return runService({
    logger,
    parts: createCollector(config, {
      ...machine,
      serviceManager: findServiceManager(process.env, process.pid, logger),
    }),
    signals: process,
    exit: (code) => process.exit(code),
  });
}

await runMain('collector', main, process);
