import Joi from 'joi';
import { parseRedisUrl, RedisAddressError } from '../redis/address.ts';

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

/** The same without query and fragment, which would have no effect. */
export const plainAddress = (...schemes: string[]): Joi.StringSchema =>
  address(...schemes).custom((value: string, helpers) =>
    /[?#]/.test(value) ? because(helpers, 'it has a query or fragment') : value,
  );

export const redisAddress = Joi.string()
  .trim()
  .custom((value: string, helpers) => {
    try {
      parseRedisUrl(value);
      return value;
    } catch (error) {
      if (error instanceof RedisAddressError) return because(helpers, error.message);
      throw error;
    }
  });

const FINGERPRINT = /^(?:[\da-f]{2}:?){31}[\da-f]{2}$/i;

/** SHA-256 of a certificate, as openssl prints it or without colons; becomes capitals with colons, as Node has it. */
export const fingerprint = Joi.string()
  .trim()
  .custom((value: string, helpers) => {
    const digits = value.replace(/^sha256 fingerprint=/i, '');
    if (!FINGERPRINT.test(digits)) return helpers.error('any.invalid');
    return (digits.toUpperCase().match(/[\dA-F]{2}/g) ?? []).join(':');
  });

/** A list with commas in between. One without items is a mistake: who sets a list means something by it. */
export const list = <T>(item: Joi.Schema<T>): Joi.Schema<readonly T[]> =>
  Joi.custom((value: string, helpers) => {
    const items = value.split(',').map((each) => each.trim());
    const all = Joi.array<readonly T[]>()
      .items(item)
      .min(1)
      .validate(items.filter((each) => each !== ''));
    return all.error === undefined ? all.value : helpers.error('any.invalid');
  }).default([]);

/**
 * What browsers say in `Origin`. It is compared as it is: one with an asterisk would never match, so it is a mistake.
 */
export const webOrigin = Joi.alternatives<string>(
  Joi.string().valid('null', 'file://'),
  Joi.string()
    .uri({ scheme: ['http', 'https'] })
    .pattern(/\*/, { invert: true })
    .custom((value: string, helpers) => {
      const { origin } = new URL(value);
      return origin === value.toLowerCase() ? origin : helpers.error('any.invalid');
    }),
);
