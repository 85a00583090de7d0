import {
  createLogger,
  findServiceManager,
  isContainer,
  type Logger,
  type LoggerOptions,
  readEnvironment,
  redisTarget,
  runService,
  systemClock,
  systemSurroundings,
} from '@mediamtx-monitor/runtime';
import { createCollector, createCollectorParts } from './app.ts';
import { parseArguments } from './arguments.ts';
import { loadConfig, readFile } from './config.ts';
import { loadForgetConfig, runForget } from './forget-command.ts';
import { runOnce } from './once.ts';

const loggerFor = (settings: LoggerOptions['settings']): Logger =>
  createLogger({ service: 'collector', settings, isTerminal: process.stdout.isTTY });

/** Runs the collector, or what its arguments ask for; resolves with the exit code. */
export async function main(): Promise<number> {
  const task = parseArguments(process.argv.slice(2));
  const env = readEnvironment(process.env, process.cwd());
  if (task.kind === 'forget') {
    const settings = loadForgetConfig(env);
    const { values } = settings;
    const redis = { ...redisTarget(settings, readFile), keyPrefix: values.REDIS_KEY_PREFIX };
    return runForget({ redis, kind: task.subject, id: task.id, logger: loggerFor(values) });
  }
  const config = loadConfig(env);
  const logger = loggerFor(config.log);
  for (const warning of config.warnings) logger.warn(warning);
  const machine = {
    clock: systemClock,
    logger,
    userId: process.getuid?.(),
    inContainer: isContainer(process.env, systemSurroundings),
  };
  if (task.kind === 'once') {
    const parts = createCollectorParts(config, machine, { role: 'join', isOnlyPoll: true });
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
