import { fileFailure } from '../file-failure.ts';
import { maskSecrets } from '../secrets/mask-secrets.ts';
import { REMOVED } from '../secrets/removed.ts';
import type { Declarations, Setting, SettingValuesOf } from './setting.ts';
import { SettingsError } from './settings-error.ts';
import { unknownSettings } from './unknown.ts';

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

type ReadText = (path: string) => string;

export interface LoadedSettings<D extends Declarations> {
  readonly values: SettingValuesOf<D>;
  /** Paths of the files that secrets came from. */
  readonly files: { readonly [Name in keyof D]?: string };
  /** The settings that are set, each as it may be shown. */
  readonly shown: { readonly [Name in keyof D]?: string };
  /** Sentences about settings that look like ours but aren't. */
  readonly warnings: readonly string[];
}

export interface LoadOptions<D extends Declarations> {
  /** Reads the file of a `<NAME>_FILE` setting as text. */
  readonly readFile: ReadText;
  /** Looks for mistakes between settings; given the values that are right by themselves. */
  readonly check?: (values: Partial<SettingValuesOf<D>>) => readonly string[];
}

const MAX_SHOWN_VALUE = 200;

/**
 * A value as it may be shown: without the secrets an address may hold, and shortened. All before the last `@` is
 * hidden, since a mistyped address needn't have its parts where they belong.
 */
function shownValue(value: string, isSecret = false): string {
  if (isSecret) return '(hidden)';
  const shown = value.replace(/^((?:[a-z][a-z0-9+.-]{0,32}:)?\/\/)?.*@/is, `$1${REMOVED}@`);
  return `"${maskSecrets(shown).slice(0, MAX_SHOWN_VALUE)}"`;
}

/** Where a value came from: the environment, or the file that `<NAME>_FILE` names. */
function rawValue(name: string, declarations: Declarations, env: Environment, readFile: ReadText) {
  const { secret = false, emptyMeansNone = false } = declarations[name] ?? {};
  const direct = env[name];
  const value = direct === '' && !emptyMeansNone ? undefined : direct;
  const fileName = `${name}_FILE`;
  // A setting of that very name has a meaning of its own.
  const file = secret && !(fileName in declarations) ? env[fileName] : undefined;
  if (file === undefined || file === '') return { value };
  if (value !== undefined) return { mistake: `${name} and ${fileName} are both set; set one of them` };
  try {
    return { value: readFile(file).trim(), file };
  } catch (error) {
    return {
      mistake: `${fileName} is "${file}", which can't be read (${fileFailure(error)}); allowed: a readable file`,
    };
  }
}

/** The value of a setting, by its text in the environment or a file. */
function valueOf(name: string, { kind, secret, default: usual }: Setting<unknown>, raw: string | undefined) {
  if (raw === undefined) return { value: usual };
  const result = kind.schema.validate(raw);
  if (result.error === undefined) return { value: result.value };
  const [detail] = result.error.details;
  const why = detail?.type === 'custom' ? `, but ${detail.message}` : '';
  return { mistake: `${name} is ${shownValue(raw, secret)}${why}; allowed: ${kind.allowed}` };
}

/**
 * Reads the settings that are declared from the environment.
 * @throws {SettingsError} with all mistakes at once
 */
export function loadSettings<D extends Declarations>(
  declarations: D,
  env: Environment,
  { readFile, check }: LoadOptions<D>,
): LoadedSettings<D> {
  const values: Partial<Record<keyof D, unknown>> = {};
  const files: { [Name in keyof D]?: string } = {};
  const shown: { [Name in keyof D]?: string } = {};
  const mistakes: string[] = [];
  for (const [name, setting] of Object.entries(declarations) as [keyof D & string, Setting<unknown>][]) {
    const raw = rawValue(name, declarations, env, readFile);
    if (raw.file !== undefined) files[name] = raw.file;
    if (raw.value !== undefined) shown[name] = shownValue(raw.value, setting.secret);
    const { value, mistake } = raw.mistake === undefined ? valueOf(name, setting, raw.value) : raw;
    if (mistake === undefined) values[name] = value;
    else mistakes.push(mistake);
  }
  // Each value has passed the schema of its setting, which declares its type.
  const checked = values as SettingValuesOf<D>;
  mistakes.push(...(check?.(checked) ?? []));
  if (mistakes.length > 0) throw new SettingsError(mistakes);
  return { values: checked, files, shown, warnings: unknownSettings(env) };
}
