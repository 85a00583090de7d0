import { EVENT_ID } from '@mediamtx-monitor/types';
import { commandRoute } from '../http/command-route.ts';
import { RefusedError } from '../http/refusal.ts';
import { fromStore } from '../http/store.ts';
import { targetAtWork } from '../http/targets.ts';

/** Has a message sent again that could not be delivered. */
export const replayNotification = commandRoute({
  path: '/api/notifications/{id}/replay',
  method: 'post',
  problems: ['unknown-notification', 'unknown-target', 'target-gone'],
  described: {
    id: 'replayNotification',
    summary: 'Send again what could not be delivered',
    description: 'The same message with the same id, so that a target that had it all the same knows it.',
  },
  command: async ({ head, by, name: id }, { feed }) => {
    const found = EVENT_ID.test(id) ? await fromStore(feed.kept.notification(id)) : undefined;
    if (found?.outcome !== 'dead') {
      const detail =
        'There is no message of this id that could not be delivered. GET /api/notifications lists them.';
      throw new RefusedError({ code: 'unknown-notification', detail });
    }
    targetAtWork(head, found.target);
    return { command: { type: 'notification.replay', by, id } };
  },
});
