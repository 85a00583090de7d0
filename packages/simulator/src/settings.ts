import {
  HOST,
  LOG_SETTINGS,
  PORT,
  setting,
  type SettingValuesOf,
  text,
  wholeNumber,
} from '@mediamtx-monitor/runtime/settings';

/** What is simulated or replayed, and where. */
export const WORLD_SETTINGS = {
  SIMULATOR_HOST: setting({
    kind: HOST,
    default: '127.0.0.1',
    description: 'Address the simulator listens on',
  }),
  SIMULATOR_PORT: setting({ kind: PORT, default: 9997, description: 'Port the simulator listens on' }),
  SIMULATOR_STREAMS: setting({
    kind: wholeNumber(0, 100_000),
    default: 12,
    description: 'Number of streams the simulator shows',
  }),
  SIMULATOR_READERS: setting({
    kind: wholeNumber(0, 1_000),
    default: 2,
    description: 'Number of readers of each simulated live stream',
  }),
  SIMULATOR_REPLAY: setting({
    kind: text('a path of a file of mediamtx-snapshot'),
    description:
      'File that is replayed instead of a simulated fleet; see [Reporting a problem](operations.md#reporting-a-problem)',
  }),
};

/** All that the simulator is told by its environment. */
export const SIMULATOR_SETTINGS = { ...WORLD_SETTINGS, ...LOG_SETTINGS };

export type SimulatorSettings = SettingValuesOf<typeof SIMULATOR_SETTINGS>;
