import type Joi from 'joi';
import type { CustomHelpers } from 'joi';

/** Refuses a value that may be shown, and says what is allowed. */
export const refusal = ({ message }: CustomHelpers, allowed: string): Joi.ErrorReport =>
  message({ custom: `{{#label}} is "{{#value}}"; allowed: ${allowed}` });
