import {
  createLogger,
  findServiceManager,
  readEnvironment,
  runMain,
  runService,
  systemClock,
} from '@mediamtx-monitor/runtime';
import { createApi } from './app.ts';
import { loadConfig } from './config.ts';

await runMain(
  'api',
  async () => {
    const { values, warnings } = loadConfig(readEnvironment(process.env, process.cwd()));
    const logger = createLogger({ service: 'api', settings: values, isTerminal: process.stdout.isTTY });
    for (const warning of warnings) logger.warn(warning);
    const serviceManager = findServiceManager(process.env, process.pid, logger);
    const { parts } = createApi(values, { logger, clock: systemClock, serviceManager });
    return runService({ logger, parts, signals: process, exit: (code) => process.exit(code) });
  },
  process,
);
