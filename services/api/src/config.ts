import { readFileSync } from 'node:fs';
import { type Environment, type LoadedSettings, loadSettings } from '@mediamtx-monitor/runtime';
import { accessMistakes } from './access/index.ts';
import { engineMistakes } from './history/index.ts';
import { API_SETTINGS } from './settings.ts';

export const readFile = (path: string): string => readFileSync(path, 'utf8');

/** Reads the API's settings; throws with all mistakes at once. */
export function loadConfig(env: Environment): LoadedSettings<typeof API_SETTINGS> {
  return loadSettings(API_SETTINGS, env, {
    readFile,
    check: (values) => [...accessMistakes(values), ...engineMistakes(values)],
  });
}
