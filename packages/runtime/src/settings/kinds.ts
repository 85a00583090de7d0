import Joi from 'joi';
import type { SettingKind } from './setting.ts';

/** Why a value is wrong, where what is allowed doesn't say it; shows nothing of the value. */
export const because = (helpers: Joi.CustomHelpers, why: string): Joi.ErrorReport =>
  helpers.message({ custom: why });

const ENCODE =
  'in its user and password, signs like @ : / ? # % have to be percent-encoded (@ is %40, % is %25)';

/**
 * An address that `new URL` takes: with any capitals in its scheme, letters of any language in its host, and white space
 * around it, which is cut off.
 */
export const address = (...schemes: string[]): Joi.StringSchema =>
  Joi.string()
    .trim()
    .custom((value: string, helpers) => {
      const [, scheme = '', rest = ''] = /^([a-z][a-z\d+.-]*):\/\/(.*)$/is.exec(value) ?? [];
      if (!schemes.includes(scheme.toLowerCase()) || /[\s\\]/.test(rest)) return helpers.error('any.invalid');
      const at = rest.lastIndexOf('@');
      if (at >= 0 && /[/?#]/.test(rest.slice(0, at))) return because(helpers, ENCODE);
      return URL.canParse(value) && new URL(value).hostname !== '' ? value : helpers.error('any.invalid');
    });

/** Such an address without query and fragment, which would have no effect. */
export const HTTP_ADDRESS: SettingKind<string> = {
  schema: address('http', 'https').custom((value: string, helpers) =>
    /[?#]/.test(value) ? because(helpers, 'it has a query or fragment') : value,
  ),
  allowed: 'an http:// or https:// address without query',
};

export const HOST: SettingKind<string> = {
  schema: Joi.alternatives(Joi.string().hostname(), Joi.string().ip()),
  allowed: 'a host name or IP address',
};

export const PORT: SettingKind<number> = { schema: Joi.number().port(), allowed: 'a port, 0 to 65535' };

export const FILE_PATH: SettingKind<string> = { schema: Joi.string(), allowed: 'a path of a file' };

const DIVISORS_OF_60 = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60];

/** An interval whose slots fall on whole minutes. */
export const SLOT_SECONDS: SettingKind<number> = {
  schema: Joi.number().valid(...DIVISORS_OF_60),
  allowed: `a divisor of 60: ${DIVISORS_OF_60.join(', ')}`,
};

export const wholeNumber = (min: number, max: number): SettingKind<number> => ({
  schema: Joi.number().integer().min(min).max(max),
  allowed: `a whole number from ${min} to ${max}`,
});

/** Any text, or one that the pattern matches. */
export const text = (allowed: string, pattern = /^/): SettingKind<string> => ({
  schema: Joi.string().pattern(pattern),
  allowed,
});

/** One of several words. */
export const oneOf = <T extends string>(...values: readonly T[]): SettingKind<T> => ({
  schema: Joi.string<T>().valid(...values),
  allowed: `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`,
});

/** A list with commas in between. One without items is a mistake: who sets a list means something by it. */
export const list = <T>(item: Joi.Schema<T>, allowed: string): SettingKind<readonly T[]> => ({
  schema: Joi.custom((value: string, helpers) => {
    const items = value.split(',').map((each) => each.trim());
    const all = Joi.array<readonly T[]>()
      .items(item)
      .min(1)
      .validate(items.filter((each) => each !== ''));
    return all.error === undefined ? all.value : helpers.error('any.invalid');
  }),
  allowed,
});
