import Joi from 'joi';
import { sendJson } from '../http/answer.ts';
import { type Readiness, route } from '../http/route.ts';

const statusOf = (...statuses: Readiness[]): Joi.ObjectSchema =>
  Joi.object({
    status: Joi.string()
      .valid(...statuses)
      .required()
      .description('State of this process'),
  });

/** Whether to send requests here. A later loss of Redis makes data stale, not the service unready. */
export const readyz = route({
  path: '/readyz',
  method: 'get',
  parameters: 'any',
  answers: {
    200: { description: 'Ready', type: 'application/json', body: statusOf('ready') },
    503: {
      description: '`starting`: Redis has not answered yet. `leaving`: the process is about to end.',
      type: 'application/json',
      body: statusOf('starting', 'leaving'),
    },
  },
  open: true,
  described: {
    id: 'getReadiness',
    tag: 'service',
    summary: 'Whether to send requests here',
    description: 'A later loss of Redis makes data stale, not this service unready.',
  },
  handler: ({ response }, { readiness }) => {
    const status = readiness();
    sendJson(response, { status }, { status: status === 'ready' ? 200 : 503 });
  },
});
