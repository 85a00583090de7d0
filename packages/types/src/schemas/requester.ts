import Joi from 'joi';
import type { Requester } from '../requester.ts';

/** What `GET /api/me` answers. */
export const requesterSchema = Joi.object<Requester, true>({
  name: Joi.string().allow(null).required().description('Name of the token, null where no tokens are set'),
  mayChange: Joi.boolean().required().description('Whether changes may be asked for with it'),
})
  .unknown(true)
  .description('Who asks, and what they may');
