import { SETTINGS, OTHER_VARIABLES } from './catalog.ts';

const entries = Object.entries(SETTINGS);

/** All names that mean something: each setting, and each secret's `_FILE` form. */
const KNOWN: ReadonlySet<string> = new Set([
  ...OTHER_VARIABLES,
  ...entries.map(([name]) => name),
  ...entries.filter(([, setting]) => setting.secret === true).map(([name]) => `${name}_FILE`),
]);

const prefixOf = (name: string): string => name.slice(0, name.indexOf('_') + 1);
const PREFIXES: ReadonlySet<string> = new Set(entries.map(([name]) => prefixOf(name)));

/** Whether a name begins like a setting, or is one in small letters. */
export function isSettingLike(name: string): boolean {
  return PREFIXES.has(prefixOf(name)) || KNOWN.has(name.toUpperCase());
}

/** Sentences about environment variables that begin like a setting but aren't one. */
export function unknownSettings(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(env)
    .filter((name) => isSettingLike(name) && !KNOWN.has(name))
    .sort()
    .map((name) => {
      const meant = KNOWN.has(name.toUpperCase()) ? ` (${name.toUpperCase()} is)` : '';
      return `${name} is not a setting of this system${meant} and is ignored; see docs/configuration.md`;
    });
}
