import { isServerId } from '@mediamtx-monitor/types';
import {
  HISTORY_DESCRIPTION,
  HISTORY_PROBLEMS,
  historyAnswers,
  sendHistory,
  WINDOW,
} from '../http/history-answer.ts';
import { RefusedError } from '../http/refusal.ts';
import { route } from '../http/route.ts';
import { assertServer } from '../http/servers.ts';
import { readerOf } from '../http/store.ts';

/** How a server and all of its streams together were. */
export const serverHistory = route({
  path: '/api/servers/{id}/history',
  method: 'get',
  parameters: WINDOW,
  answers: historyAnswers('server'),
  problems: [...HISTORY_PROBLEMS, 'unknown-server'],
  described: {
    id: 'getServerHistory',
    tag: 'data',
    summary: 'How a server and all of its streams together were',
    description: HISTORY_DESCRIPTION,
  },
  handler: async (asked, context) => {
    const { name: server } = asked;
    if (!isServerId(server)) {
      throw new RefusedError({
        code: 'unknown-server',
        detail: `There is no server "${server.slice(0, 100)}".`,
      });
    }
    const reader = readerOf(context, asked);
    await assertServer(context, server, () => context.history.isKept({ kind: 'server', server }, reader));
    await sendHistory(asked, context, { kind: 'server', server }, reader);
  },
});
