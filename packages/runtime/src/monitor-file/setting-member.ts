import Joi from 'joi';
import type { SettingKind } from '../settings/setting.ts';
import { refusal } from './refusal.ts';

/** A member that may be what a setting of the environment may be. */
export const settingMember = <T>({ schema, allowed }: SettingKind<T>): Joi.AnySchema =>
  Joi.any().custom((value: unknown, helpers) => {
    const result = schema.validate(value);
    return result.error === undefined ? result.value : refusal(helpers, allowed);
  });
