import { ALERTER_SETTINGS } from '@mediamtx-monitor/alerter/settings';
import { API_SETTINGS } from '@mediamtx-monitor/api/settings';
import { COLLECTOR_SETTINGS } from '@mediamtx-monitor/collector/settings';
import { HOST_AGENT_SETTINGS } from '@mediamtx-monitor/host-agent/settings';
import { SIMULATOR_SETTINGS } from '@mediamtx-monitor/simulator/settings';
import type { Declarations } from '@mediamtx-monitor/runtime/settings';

/** What each program declares; a service has the name that it has in services/deployable.txt. */
export const SETTINGS_OF = {
  collector: COLLECTOR_SETTINGS,
  api: API_SETTINGS,
  'host-agent': HOST_AGENT_SETTINGS,
  alerter: ALERTER_SETTINGS,
  simulator: SIMULATOR_SETTINGS,
} satisfies Record<string, Declarations>;

/** Every setting there is: one file of settings serves all programs. */
export const ALL_SETTINGS = {
  ...COLLECTOR_SETTINGS,
  ...API_SETTINGS,
  ...HOST_AGENT_SETTINGS,
  ...ALERTER_SETTINGS,
  ...SIMULATOR_SETTINGS,
};

/** The environment variables that declarations stand for: each setting, and the file that a secret may come from. */
export function variablesOf(declarations: Declarations): readonly string[] {
  return Object.entries(declarations).flatMap(([name, { secret }]) => {
    const file = `${name}_FILE`;
    // A setting of that very name has a meaning of its own.
    return secret === true && !(file in declarations) ? [name, file] : [name];
  });
}
