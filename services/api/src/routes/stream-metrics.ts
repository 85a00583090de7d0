import { sendMetrics } from '../http/data.ts';
import { route } from '../http/route.ts';
import { fleetFor } from '../http/servers.ts';

/** How servers, streams and hosts are, for Prometheus. */
export const streamMetrics = route({
  path: '/metrics/streams',
  method: 'get',
  isExact: true,
  parameters: ['server', 'label'],
  answers: { 200: { description: 'Prometheus’s text format', type: 'text/plain' } },
  problems: ['unknown-server'],
  described: {
    id: 'getStreamMetrics',
    tag: 'service',
    summary: 'Metrics of servers, streams and hosts, for Prometheus',
    description: 'The same of every replica: to be scraped once, through the proxy.',
  },
  handler: async ({ response, query }, { feed, metrics }) => {
    await fleetFor(feed, query);
    await sendMetrics(response, feed, await metrics.ofStreams(query));
  },
});
