import { fileTrouble } from '../file-trouble.ts';
import { maskSecrets } from '../secrets/mask-secrets.ts';
import { REMOVED } from '../secrets/removed.ts';
import { SETTINGS } from './catalog.ts';
import type { SettingName, SettingValues } from './values.ts';
import type { Setting } from './setting.ts';
import { SettingsError } from './settings-error.ts';
import { unknownSettings } from './unknown.ts';

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface LoadedSettings<Name extends SettingName> {
  readonly values: Pick<SettingValues, Name>;
  /** Paths of the files that secrets came from. */
  readonly files: { readonly [Each in Name]?: string };
  /** Sentences about settings that look like ours but aren't. */
  readonly warnings: readonly string[];
}

export interface LoadOptions<Name extends SettingName> {
  /** Reads the file of a `<NAME>_FILE` setting as text. */
  readonly readFile: (path: string) => string;
  /** Looks for mistakes between settings; given the values that are right by themselves. */
  readonly check?: (values: Partial<Pick<SettingValues, Name>>) => readonly string[];
}

const MAX_SHOWN_VALUE = 200;

/**
 * A value as it may be shown: without the secrets an address may hold, and shortened. All before the last `@` is
 * hidden, since a mistyped address needn't have its parts where they belong.
 */
function shownValue(value: string): string {
  const shown = value.replace(/^((?:[a-z][a-z0-9+.-]{0,32}:)?\/\/)?.*@/is, `$1${REMOVED}@`);
  return `"${maskSecrets(shown).slice(0, MAX_SHOWN_VALUE)}"`;
}

/** Where a value came from: the environment, or the file that `<NAME>_FILE` names. */
function rawValue(
  name: SettingName,
  setting: Setting<unknown>,
  env: Environment,
  options: LoadOptions<never>,
) {
  const direct = env[name];
  const value = direct === '' && setting.emptyMeansNone !== true ? undefined : direct;
  const fileName = `${name}_FILE`;
  // A setting of that very name has a meaning of its own.
  const file = setting.secret === true && !(fileName in SETTINGS) ? env[fileName] : undefined;
  if (file === undefined || file === '') return { value };
  if (value !== undefined) return { mistake: `${name} and ${fileName} are both set; set one of them` };
  try {
    return { value: options.readFile(file).trim(), file };
  } catch (error) {
    return {
      mistake: `${fileName} is "${file}", which can't be read (${fileTrouble(error)}); allowed: a readable file`,
    };
  }
}

function readSetting(name: SettingName, env: Environment, options: LoadOptions<never>) {
  const setting: Setting<unknown> = SETTINGS[name];
  const raw = rawValue(name, setting, env, options);
  if (raw.mistake !== undefined) return { mistake: raw.mistake };
  const result = setting.schema.validate(raw.value);
  if (result.error === undefined) return { value: result.value, file: raw.file };
  const shown = setting.secret === true ? '(hidden)' : shownValue(raw.value ?? '');
  const [detail] = result.error.details;
  const why = detail?.type === 'custom' ? `, but ${detail.message}` : '';
  return { mistake: `${name} is ${shown}${why}; allowed: ${setting.allowed}` };
}

/**
 * Reads the named settings from the environment.
 * @throws {SettingsError} with all mistakes at once
 */
export function loadSettings<Name extends SettingName>(
  names: readonly Name[],
  env: Environment,
  options: LoadOptions<Name>,
): LoadedSettings<Name> {
  const values: Partial<Record<SettingName, unknown>> = {};
  const files: { [Each in Name]?: string } = {};
  const mistakes: string[] = [];
  for (const name of names) {
    const { value, file, mistake } = readSetting(name, env, options);
    if (mistake !== undefined) mistakes.push(mistake);
    else values[name] = value;
    if (file !== undefined) files[name] = file;
  }
  // Each value has passed the schema of its name, which the catalogue ties to its type.
  const checked = values as Pick<SettingValues, Name>;
  mistakes.push(...(options.check?.(checked) ?? []));
  if (mistakes.length > 0) throw new SettingsError(mistakes);
  return { values: checked, files, warnings: unknownSettings(env) };
}
