import Joi from 'joi';
import { sendJson } from '../http/answer.ts';
import { route } from '../http/route.ts';

const count = (description: string): Joi.NumberSchema =>
  Joi.number().integer().min(0).required().description(description);

const BODY = Joi.object({
  status: Joi.string().valid('ok').required().description('State of this process'),
  servers: count('Servers of which it knows how they are'),
  followed: Joi.object({
    streams: count('Servers whose streams it follows, since somebody wants them'),
    connections: count('Servers whose connections it follows'),
  }).required(),
});

/** The process lives. */
export const healthz = route({
  path: '/healthz',
  method: 'get',
  parameters: 'any',
  answers: { 200: { description: 'It does', type: 'application/json', body: BODY } },
  open: true,
  described: { id: 'getHealth', tag: 'service', summary: 'Whether the process lives' },
  handler: ({ response }, { feed: { servers } }) => {
    sendJson(response, {
      status: 'ok',
      servers: servers.heads.filter(({ subject }) => !servers.isGone(subject)).length,
      followed: {
        streams: servers.followedCount('streams'),
        connections: servers.followedCount('connections'),
      },
    });
  },
});
