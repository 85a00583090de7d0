import { notificationSchema } from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';
import { pageMembers, placeOf, rangeOf, sendPage } from '../http/kept.ts';
import { route } from '../http/route.ts';
import { fromStore, readerOf, STORE_PROBLEMS } from '../http/store.ts';

const BODY = Joi.object({
  items: Joi.array().items(notificationSchema).required().description('Those that match, the newest last'),
  ...pageMembers(
    'Whether there may be more in the time asked for: with `since` after `next`, else before `previous`',
  ),
}).description('What became of messages to targets');

/** What became of messages to targets. */
export const notifications = route({
  path: '/api/notifications',
  method: 'get',
  parameters: ['since', 'until', 'pageLimit'],
  answers: {
    200: { description: 'Those messages', type: 'application/json', body: BODY, headers: ['Vary'] },
  },
  problems: STORE_PROBLEMS,
  described: {
    id: 'listNotifications',
    tag: 'data',
    summary: 'What became of messages to targets, the newest last',
    description: 'Without `since` the newest, with it those that follow; pages go on as those of events do.',
  },
  handler: async (asked, context) => {
    const { feed } = context;
    const { query } = asked;
    const reader = readerOf(context, asked);
    const found = await fromStore(feed.kept.notifications(rangeOf(query), reader));
    const { items, ...place } = found;
    const end = await placeOf(feed, 'notifications', query.since, found.next);
    await sendPage(asked, context, items, { ...place, ...end });
  },
});
