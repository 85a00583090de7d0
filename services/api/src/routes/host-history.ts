import { isHostId } from '@mediamtx-monitor/types';
import {
  HISTORY_DESCRIPTION,
  HISTORY_PROBLEMS,
  historyAnswers,
  sendHistory,
  WINDOW,
} from '../http/history-answer.ts';
import { RefusedError } from '../http/refusal.ts';
import { route } from '../http/route.ts';

/** How a host was. */
export const hostHistory = route({
  path: '/api/hosts/{id}/history',
  method: 'get',
  parameters: WINDOW,
  answers: historyAnswers('host'),
  problems: [...HISTORY_PROBLEMS, 'unknown-host'],
  described: {
    id: 'getHostHistory',
    tag: 'data',
    summary: 'How a host was',
    description: HISTORY_DESCRIPTION,
  },
  handler: async (asked, context) => {
    const { name: host } = asked;
    if (!isHostId(host)) {
      throw new RefusedError({ code: 'unknown-host', detail: `There is no host "${host.slice(0, 100)}".` });
    }
    await sendHistory(asked, context, { kind: 'host', host });
  },
});
