import Joi from 'joi';
import { send } from '../http/answer.ts';
import { route } from '../http/route.ts';

/** What comes by itself, in its own words. */
export const asyncapi = route({
  path: '/api/asyncapi.json',
  method: 'get',
  isExact: true,
  parameters: [],
  answers: {
    200: {
      description: 'AsyncAPI 3.0',
      type: 'application/json',
      body: Joi.object().unknown(true),
      headers: ['ETag'],
    },
  },
  open: true,
  described: {
    id: 'getAsyncapi',
    tag: 'service',
    summary: 'Description of WebSocket and Server-Sent Events',
  },
  handler: ({ response }, { documents }) => {
    send(response, documents.asyncapi());
  },
});
