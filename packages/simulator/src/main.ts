import { readFileSync } from 'node:fs';
import {
  createLogger,
  loadSettings,
  readEnvironment,
  runMain,
  runService,
  systemClock,
  type Logger,
  type Part,
  type SettingValues,
} from '@mediamtx-monitor/runtime';
import { startSimulator, type Simulator } from './simulator.ts';

const SETTINGS = [
  'SIMULATOR_HOST',
  'SIMULATOR_PORT',
  'SIMULATOR_STREAMS',
  'SIMULATOR_READERS',
  'LOG_LEVEL',
  'LOG_FORMAT',
  'LOG_FILE',
  'LOG_FILE_MAX_MB',
] as const;
type Settings = Pick<SettingValues, (typeof SETTINGS)[number]>;

async function main(): Promise<number> {
  const { values, warnings } = loadSettings(SETTINGS, readEnvironment(process.env, process.cwd()), {
    readFile: (path) => readFileSync(path, 'utf8'),
  });
  const logger = createLogger({
    service: 'simulator',
    settings: values,
    isTerminal: process.stdout.isTTY,
  });
  for (const warning of warnings) logger.warn(warning);
  return await runService({
    logger,
    parts: [simulatorPart(values, logger)],
    signals: process,
    exit: (code) => process.exit(code),
  });
}

function simulatorPart(settings: Settings, logger: Logger): Part {
  let simulator: Simulator | undefined;
  return {
    name: 'simulator',
    start: async () => {
      simulator = await startSimulator({
        host: settings.SIMULATOR_HOST,
        port: settings.SIMULATOR_PORT,
        streams: settings.SIMULATOR_STREAMS,
        readersPerStream: settings.SIMULATOR_READERS,
        nowMs: systemClock.monotonicMs,
        wallMs: systemClock.wallMs(),
      });
      logger.info(
        `simulating a MediaMTX with ${settings.SIMULATOR_STREAMS} streams on ${simulator.url}; ` +
          'faults are switched at /simulator/fault',
      );
    },
    stop: async () => {
      await simulator?.close();
    },
  };
}

await runMain('simulator', main, process);
