import type { AcknowledgeRequest } from '@mediamtx-monitor/types';
import { acknowledgeRequestSchema } from '@mediamtx-monitor/types/schemas';
import { commandRoute } from '../http/command-route.ts';
import { RefusedError } from '../http/refusal.ts';

/** Takes an alert on, so that it isn't repeated until it ends. */
export const acknowledge = commandRoute({
  path: '/api/alerts/{id}/ack',
  method: 'post',
  body: { schema: acknowledgeRequestSchema, required: false },
  problems: ['unknown-alert'],
  described: {
    id: 'acknowledgeAlert',
    summary: 'Take an alert on',
    description: 'Nobody is told of it again until it ends. A request without a body says nothing to it.',
  },
  command: ({ alerts, by, name: id, body }) => {
    if (!alerts.some((alert) => alert['id'] === id)) {
      const detail = 'There is no such alert, or not any more. GET /api/alerts lists what there is.';
      throw new RefusedError({ code: 'unknown-alert', detail });
    }
    const { comment = null } = body as AcknowledgeRequest;
    return { command: { type: 'alert.ack', by, id, comment } };
  },
});
