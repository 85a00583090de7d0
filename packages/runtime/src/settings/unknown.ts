import { KNOWN_NAMES } from './known-names.ts';

/** Environment variables that begin like settings but belong to the test scripts and to compose.yaml. */
const OTHER_VARIABLES: ReadonlySet<string> = new Set(['MEDIAMTX_BIN', 'API_REPLICAS']);

const prefixOf = (name: string): string => name.slice(0, name.indexOf('_') + 1);
const PREFIXES: ReadonlySet<string> = new Set([...KNOWN_NAMES].map(prefixOf));

const isKnown = (name: string): boolean => KNOWN_NAMES.has(name) || OTHER_VARIABLES.has(name);

/** Whether a name begins like a setting, or is one in small letters. */
export function isSettingLike(name: string): boolean {
  return PREFIXES.has(prefixOf(name)) || isKnown(name.toUpperCase());
}

/** Sentences about environment variables that begin like a setting of some service but are of none. */
export function unknownSettings(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(env)
    .filter((name) => isSettingLike(name) && !isKnown(name))
    .sort()
    .map((name) => {
      const meant = isKnown(name.toUpperCase()) ? ` (${name.toUpperCase()} is)` : '';
      return `${name} is not a setting of this system${meant} and is ignored; see docs/configuration.md`;
    });
}
