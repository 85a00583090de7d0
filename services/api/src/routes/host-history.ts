import { isHostId } from '@mediamtx-monitor/types';
import type { Reader } from '../feed/index.ts';
import {
  HISTORY_DESCRIPTION,
  HISTORY_PROBLEMS,
  historyAnswers,
  sendHistory,
  WINDOW,
} from '../http/history-answer.ts';
import { RefusedError } from '../http/refusal.ts';
import { route, type RouteContext } from '../http/route.ts';
import { fromStore, readerOf } from '../http/store.ts';

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
    const reader = readerOf(context, asked);
    if (!isHostId(host) || (await isUnknown(context, host, reader))) {
      throw new RefusedError({ code: 'unknown-host', detail: `There is no host "${host.slice(0, 100)}".` });
    }
    await sendHistory(asked, context, { kind: 'host', host }, reader);
  },
});

/** Whether there is no such host, and nothing is kept of one; while Redis is away, nobody can tell. */
async function isUnknown({ feed, history }: RouteContext, host: string, reader: Reader): Promise<boolean> {
  const { ticks } = await feed.hosts.current();
  if (!feed.knowsAll || ticks.some(({ subject }) => subject === host)) return false;
  return !(await fromStore(history.isKept({ kind: 'host', host }, reader)));
}
