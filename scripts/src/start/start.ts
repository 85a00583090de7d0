import { type Environment, systemClock } from '@mediamtx-monitor/runtime';
import { EXIT_CODES } from '@mediamtx-monitor/types';
import { askApi } from './ask-api.ts';
import { createProcesses } from './processes.ts';
import { heedSignals, type Signals } from './heed-signals.ts';
import { usablePort } from './ports.ts';
import { alerterRecipe, apiRecipe, collectorRecipe, hostAgentRecipe } from './recipes.ts';
import { reportData } from './report-data.ts';
import { loadStartSettings } from './settings.ts';
import { provideSources } from './sources.ts';
import { type Defaults, survey } from './survey.ts';
import { untilAborted } from './until.ts';
import { judge } from './verdict.ts';
import { endingText, localAuthority, welcomeText } from './text.ts';

export interface StartOptions {
  /** The environment, with what `.env` adds. */
  readonly env: Environment;
  /** Folder of the project. */
  readonly root: string;
  /** Folder of what a Redis of our own keeps from one run to the next. */
  readonly stateFolder: string;
  readonly defaults: Defaults;
  readonly say: (line: string) => void;
  readonly signals: Signals;
  /** Whether the lines of the programs are shown. */
  readonly output: 'inherit' | 'ignore';
}

/** Data usually come within one poll interval; after this long something is said. */
const PATIENCE_MS = 15_000;

/**
 * Runs the whole system until a signal, or the end of one of its programs; resolves with the exit code.
 * @throws {SettingsError} with all mistakes at once, {StartError} when something can't be started
 */
export async function start(options: StartOptions): Promise<number> {
  const { env, root, defaults, say, signals, output } = options;
  const settings = loadStartSettings(env);
  const { apiHost, needsToken, serverId } = settings;
  const apiPort = await usablePort(apiHost, settings.apiPort, 'API_HOST and API_PORT');
  const authority = localAuthority(apiHost, apiPort);
  const situation = await survey(settings, defaults);

  const leaving = new AbortController();
  const { signal } = leaving;
  let exitCode: number = EXIT_CODES.done;
  const processes = createProcesses((name, ending) => {
    if (signal.aborted) return;
    say(endingText(name, ending));
    exitCode = ending.code === EXIT_CODES.wrongSetting ? EXIT_CODES.wrongSetting : EXIT_CODES.failed;
    leaving.abort();
  });
  const unheed = heedSignals(
    signals,
    () => {
      say('Stopping');
      leaving.abort();
    },
    processes.kill,
  );
  try {
    const sources = await provideSources({ ...options, ...settings, processes, signal }, situation);
    const sinceMs = systemClock.wallMs();
    if (!signal.aborted) {
      const all = { ...env, ...sources };
      const recipes = [
        ...[collectorRecipe(root, all), hostAgentRecipe(root, all)],
        ...[alerterRecipe(root, all), apiRecipe(root, all, apiPort)],
      ];
      for (const recipe of recipes) processes.watch(processes.launch(recipe, output));
    }
    await reportData({
      look: async () => judge(await askApi(`http://${authority}`), serverId, sinceMs),
      say,
      welcome: welcomeText(authority, serverId, needsToken),
      signal,
      patienceMs: PATIENCE_MS,
      monotonicMs: systemClock.monotonicMs,
    });
    await untilAborted(signal);
    return exitCode;
  } finally {
    await processes.stop();
    unheed();
  }
}
