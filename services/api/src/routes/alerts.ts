import { streamGlob } from '@mediamtx-monitor/runtime';
import type { AlertsAnswer } from '@mediamtx-monitor/types';
import {
  alertSchema,
  alertsHeadSchema,
  alertSilenceSchema,
  targetStatusSchema,
} from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';
import { newestAlerts } from '../http/alerts.ts';
import { sendJson } from '../http/answer.ts';
import type { AlertStateFilter } from '../http/parameters.ts';
import { isOneOf, type Query } from '../http/query.ts';
import { route } from '../http/route.ts';
import { chosenBy, type IsChosen } from '../http/server-choice.ts';
import { assertServer } from '../http/servers.ts';
import type { RecordFields } from '../tick/index.ts';

const BODY = Joi.object<AlertsAnswer>({
  items: Joi.array()
    .items(alertSchema)
    .required()
    .description('Those that match: those that fire first, then the others, the newest first'),
  total: Joi.number().integer().min(0).required().unit('alerts').description('Number of those that match'),
  publishedAt: Joi.string()
    .isoDate()
    .allow(null)
    .required()
    .unit('RFC 3339, UTC')
    .description('When the alerter told it, null where none has for a day'),
  stale: Joi.boolean().required().description('True when no alerter is at work'),
  ageMs: Joi.number().min(0).allow(null).required().unit('ms').description('Time since then'),
  counts: alertsHeadSchema
    .extract('counts')
    .allow(null)
    .description('How many there are, whatever is asked for'),
  targets: Joi.array().items(targetStatusSchema).required().description('Who is told, by name'),
  silences: Joi.array().items(alertSilenceSchema).required().description('Silences that hold, or will'),
  warnings: alertsHeadSchema
    .extract('warnings')
    .required()
    .description('What whoever runs alerters has to mend; mostly nothing'),
} satisfies Record<keyof AlertsAnswer, Joi.Schema>).description('Alerts, and who is told of them');

type AlertQuery = Query<'alertState' | 'alertSeverity' | 'server' | 'label' | 'stream'>;

/** What is told where no alerter has published anything for a day. */
const NOTHING: Pick<AlertsAnswer, 'publishedAt' | 'counts' | 'targets' | 'silences' | 'warnings'> = {
  publishedAt: null,
  counts: null,
  targets: [],
  silences: [],
  warnings: [],
};

/** What is wrong, and who is told of it. */
export const alerts = route({
  path: '/api/alerts',
  method: 'get',
  parameters: ['alertState', 'alertSeverity', 'server', 'label', 'stream'],
  answers: { 200: { description: 'Those alerts', type: 'application/json', body: BODY, headers: ['Vary'] } },
  problems: ['unknown-server'],
  described: {
    id: 'listAlerts',
    tag: 'data',
    summary: 'Alerts: what someone is told of',
    description:
      'Those that fire, recover, are unknown or were resolved in the last hour; `pending` ones only where `state` names ' +
      'them. `server` and `label` leave alerts of hosts out, `stream` all but those of streams. Where no alerter is at work, they are ' +
      '`stale`: as they were told last.',
  },
  handler: async ({ request, response, query }, { feed, askerOf, monotonicMs }) => {
    const { server, label } = query;
    if (label !== undefined) await feed.servers.currentHeads();
    if (server !== undefined) await assertServer({ feed }, server);
    const tick = await newestAlerts(feed);
    const startMs = monotonicMs();
    const items = tick?.records.filter(matching(query, chosenBy(feed, query))) ?? [];
    const { publishedAt, counts, targets, silences, warnings = [] } = tick?.head ?? NOTHING;
    const { ageMs, stale } = (tick && feed.age(tick)) ?? { ageMs: null, stale: true };
    const members = { publishedAt, stale, ageMs, counts, targets, silences, warnings };
    sendJson(response, { items, total: items.length, ...members });
    askerOf(request).spent(monotonicMs() - startMs);
  },
});

/** What is asked for; an alert is looked at as it came. */
function matching({ alertState, alertSeverity, server, label, stream }: AlertQuery, isChosen: IsChosen) {
  const areAllChosen = server === undefined && label === undefined;
  const matches = stream === undefined ? undefined : streamGlob(stream);
  return ({ state, severity, silencedBy, subject }: RecordFields): boolean => {
    const about = typeof subject === 'object' && subject !== null ? (subject as RecordFields) : {};
    const [of, name] = [about['server'], about['stream']];
    return (
      isOfState(alertState, state, typeof silencedBy === 'string') &&
      isOneOf(severity, alertSeverity) &&
      (areAllChosen || (typeof of === 'string' && isChosen(of))) &&
      (matches === undefined || (typeof name === 'string' && matches(name)))
    );
  };
}

function isOfState(
  wanted: readonly AlertStateFilter[] | undefined,
  state: unknown,
  isSilenced: boolean,
): boolean {
  if (wanted === undefined) return state !== 'pending';
  return isOneOf(state, wanted) || (isSilenced && wanted.includes('silenced'));
}
