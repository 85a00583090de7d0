import type { ServerLabels } from '@mediamtx-monitor/types';
import Joi from 'joi';
import { sendJson } from '../http/answer.ts';
import { RefusedError } from '../http/refusal.ts';
import { route } from '../http/route.ts';
import { chosenBy } from '../http/server-choice.ts';
import { noData } from '../http/servers.ts';
import { streamMetrics } from './stream-metrics.ts';

const BODY = Joi.array()
  .items(
    Joi.object({
      targets: Joi.array()
        .items(Joi.string())
        .length(1)
        .required()
        .description('The address under which this was asked for'),
      labels: Joi.object()
        .pattern(Joi.string(), Joi.string().allow(''))
        .required()
        .description('Where the metrics of one server are, its id as `server`, and its labels'),
    }),
  )
  .description('A target for each server, by id');

/** Whom Prometheus has to scrape to have each server by itself. */
export const prometheusTargets = route({
  path: '/api/prometheus/targets',
  method: 'get',
  parameters: ['label'],
  answers: { 200: { description: 'The targets', type: 'application/json', body: BODY, headers: ['Vary'] } },
  problems: ['invalid-url', 'no-data'],
  described: {
    id: 'listPrometheusTargets',
    tag: 'service',
    summary: 'Servers as targets of Prometheus, by HTTP service discovery',
    description:
      'Each is `/metrics/streams` of one server, at the address under which this is asked for. As long as no server is ' +
      'known it is 503, so that Prometheus stays with those that it has.',
  },
  handler: async ({ request, response, query }, { feed }) => {
    const { host } = request.headers;
    if (host === undefined) throw WITHOUT_HOST;
    const heads = await feed.servers.currentHeads();
    if (heads.length === 0) throw noData(feed, {});
    const isChosen = chosenBy(feed, query);
    const present = heads.filter(({ subject }) => isChosen(subject) && !feed.servers.isGone(subject));
    sendJson(
      response,
      present.map(({ subject }) => ({
        targets: [host],
        labels: targetLabels(subject, feed.servers.labels(subject)),
      })),
    );
  },
});

const WITHOUT_HOST = new RefusedError({
  code: 'invalid-url',
  detail: 'Ask with a Host header, or in HTTP/1.1: targets have the address that is asked.',
});

/** What begins with two underscores says how Prometheus scrapes; that isn't for whoever names labels. */
function targetLabels(server: string, labels: ServerLabels): Readonly<Record<string, string>> {
  const own = Object.entries(labels).filter(([name]) => !name.startsWith('__'));
  return {
    ...Object.fromEntries(own),
    __metrics_path__: streamMetrics.path,
    __param_server: server,
    server,
  };
}
