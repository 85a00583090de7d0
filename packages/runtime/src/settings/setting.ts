import type Joi from 'joi';

/** What a setting may be. */
export interface SettingKind<T> {
  /** Validates and converts the text of the environment variable. */
  readonly schema: Joi.Schema<T>;
  /** What is allowed, for people: "a whole number from 0 to 65535". */
  readonly allowed: string;
}

interface Declaration<T> {
  readonly kind: SettingKind<T>;
  /** What it is for, with its unit, in Markdown: so it stands in docs/configuration.md. */
  readonly description: string;
  /** A secret's value is never shown, and it may also come from the file that `<NAME>_FILE` names. */
  readonly secret?: boolean;
  /** Whether an empty value means "none" rather than "not set". */
  readonly emptyMeansNone?: boolean;
}

/** One setting of the environment; its name is that of the member that holds it. */
export interface Setting<T> extends Declaration<T> {
  /** What it is unless set. */
  readonly default: T;
}

/** Settings by the name of their environment variable. */
export type Declarations = Readonly<Record<string, Setting<unknown>>>;

/** The values of such settings. */
export type SettingValuesOf<D extends Declarations> = { readonly [Name in keyof D]: D[Name]['default'] };

/** Declares a setting; without a default it may be `undefined`. */
export function setting<T>(declared: Declaration<T> & { readonly default: NoInfer<T> }): Setting<T>;
export function setting<T>(declared: Declaration<T>): Setting<T | undefined>;
export function setting<T>(declared: Declaration<T> & { readonly default?: T }): Setting<T | undefined> {
  return { default: undefined, ...declared };
}
