import type { Environment } from '@mediamtx-monitor/runtime';

/** The environment of a process, from the text of its `/proc/<pid>/environ`. */
export function parseProcEnvironment(text: string): Environment {
  const entries = text.split('\0').filter((entry) => entry !== '');
  return Object.fromEntries(
    entries.map((entry) => {
      const equals = entry.indexOf('=');
      return [entry.slice(0, equals), entry.slice(equals + 1)];
    }),
  );
}
