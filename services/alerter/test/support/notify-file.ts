import { SettingsError } from '@mediamtx-monitor/runtime';
import type { Target } from '../../src/model.ts';
import { parseNotifyFile } from '../../src/notify-file.ts';

export const PATH = '/etc/monitor.yml';

/** The target of an entry of `notify`, written as the inside of a YAML object. */
export function targetIn(entry: string): Target {
  const [target] = parseNotifyFile(`notify:\n  - {${entry}}`, PATH).targets;
  if (target === undefined) throw new Error('no target was read');
  return target;
}

/** The mistakes in a file, without what is the same in all. */
export function mistakesIn(text: string): readonly string[] {
  try {
    parseNotifyFile(text, PATH);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.mistakes.map((mistake) => mistake.replace(`MONITOR_CONFIG ${PATH}, `, ''));
  }
  return [];
}

/** The mistakes in an entry of `notify`. */
export const mistakesInTarget = (entry: string): readonly string[] => mistakesIn(`notify:\n  - {${entry}}`);
