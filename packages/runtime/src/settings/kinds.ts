import Joi from 'joi';

/** An address that `new URL` takes too: Joi alone lets a port above 65535 pass, and an address without host. */
export const address = (...schemes: string[]): Joi.StringSchema =>
  Joi.string()
    .uri({ scheme: schemes })
    .custom((value: string, helpers) =>
      URL.canParse(value) && new URL(value).hostname !== '' ? value : helpers.error('any.invalid'),
    );

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
