import Joi from 'joi';
import { sendJson } from '../http/answer.ts';
import { route } from '../http/route.ts';

const BODY = Joi.object({
  status: Joi.string().valid('ok').required().description('State of this process'),
});

/** The process lives. */
export const healthz = route({
  path: '/healthz',
  method: 'get',
  parameters: 'any',
  answers: { 200: { description: 'It does', type: 'application/json', body: BODY } },
  open: true,
  described: { id: 'getHealth', tag: 'service', summary: 'Whether the process lives' },
  handler: ({ response }) => {
    sendJson(response, { status: 'ok' });
  },
});
