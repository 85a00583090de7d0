import type Joi from 'joi';

/** One setting of the environment. */
export interface Setting<T> {
  /** Validates and converts the text of the environment variable; carries the default. */
  readonly schema: Joi.Schema<T>;
  /** What is allowed, for people: "a whole number from 0 to 65535". */
  readonly allowed: string;
  /** What it is for, with its unit. */
  readonly description: string;
  /** A secret's value is never shown, and it may also come from the file that `<NAME>_FILE` names. */
  readonly secret?: boolean;
  /** Whether an empty value means "none" rather than "not set". */
  readonly emptyMeansNone?: boolean;
}
