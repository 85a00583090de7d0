import { readFileSync } from 'node:fs';
import {
  createLogger,
  loadSettings,
  readEnvironment,
  runService,
  systemClock,
  type Logger,
  type Part,
} from '@mediamtx-monitor/runtime';
import { readReplay } from './replay/read.ts';
import { startReplay } from './replay.ts';
import { SIMULATOR_SETTINGS, type SimulatorSettings } from './settings.ts';
import type { SimulatedServer } from './server.ts';
import { startSimulator } from './simulator.ts';

const readFile = (path: string): string => readFileSync(path, 'utf8');

/** Runs the simulator until it is told to stop; resolves with the exit code. */
export async function main(): Promise<number> {
  const { values, warnings } = loadSettings(SIMULATOR_SETTINGS, readEnvironment(process.env, process.cwd()), {
    readFile,
  });
  const start =
    values.SIMULATOR_REPLAY === undefined ? simulate(values) : replay(values, values.SIMULATOR_REPLAY);
  const logger = createLogger({
    service: 'simulator',
    settings: values,
    isTerminal: process.stdout.isTTY,
  });
  for (const warning of warnings) logger.warn(warning);
  return await runService({
    logger,
    parts: [new SimulatorPart(start, logger)],
    signals: process,
    exit: (code) => process.exit(code),
  });
}

/** Starts a server; `words` say what it shows, in front of its address. */
type Start = () => Promise<{ readonly server: SimulatedServer; readonly description: string }>;

function simulate(settings: SimulatorSettings): Start {
  return async () => ({
    server: await startSimulator({
      host: settings.SIMULATOR_HOST,
      port: settings.SIMULATOR_PORT,
      version: '1.21',
      eventful: true,
      streams: settings.SIMULATOR_STREAMS,
      readersPerStream: settings.SIMULATOR_READERS,
      nowMs: systemClock.monotonicMs,
      wallMs: systemClock.wallMs(),
    }),
    description: `simulating a MediaMTX with ${settings.SIMULATOR_STREAMS} streams`,
  });
}

function replay({ SIMULATOR_HOST: host, SIMULATOR_PORT: port }: SimulatorSettings, path: string): Start {
  const snapshot = readReplay(path, readFile);
  const { mediamtxVersion, samples } = snapshot;
  const what = `MediaMTX ${mediamtxVersion ?? 'of an unknown version'}, ${samples[0]?.takenAt ?? ''}`;
  return async () => ({
    server: await startReplay({ snapshot, host, port }),
    description: `replaying ${path} (${what}, samples: ${samples.length})`,
  });
}

class SimulatorPart implements Part {
  readonly name = 'simulator';
  readonly #start: Start;
  readonly #logger: Logger;
  #running: SimulatedServer | undefined;

  constructor(start: Start, logger: Logger) {
    this.#start = start;
    this.#logger = logger;
  }

  async start(): Promise<void> {
    const { server, description } = await this.#start();
    this.#running = server;
    this.#logger.info(`${description} on ${server.url}; faults are switched at /simulator/fault`);
  }

  async stop(): Promise<void> {
    await this.#running?.close();
  }
}
