import type Joi from 'joi';
import type { CustomHelpers } from 'joi';

/** Refuses a value, and says what is allowed; not what stands there, which may be a secret in the wrong place. */
export const refusal = ({ message }: CustomHelpers, allowed: string): Joi.ErrorReport =>
  message({ custom: `{{#label}} is not right; allowed: ${allowed}` });
