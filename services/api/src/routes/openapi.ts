import Joi from 'joi';
import { send } from '../http/answer.ts';
import { route } from '../http/route.ts';

/** The HTTP side in its own words. */
export const openapi = route({
  path: '/api/openapi.json',
  method: 'get',
  isExact: true,
  parameters: [],
  answers: {
    200: {
      description: 'OpenAPI 3.1',
      type: 'application/json',
      body: Joi.object().unknown(true),
      headers: ['ETag'],
    },
  },
  open: true,
  described: { id: 'getOpenapi', tag: 'service', summary: 'This description' },
  handler: ({ response }, { documents }) => {
    send(response, documents.openapi());
  },
});
