import { sendMetrics } from '../http/data.ts';
import { route } from '../http/route.ts';

/** What this process does, for Prometheus. */
export const processMetrics = route({
  path: '/metrics',
  method: 'get',
  isExact: true,
  parameters: [],
  answers: { 200: { description: 'Prometheus’s text format', type: 'text/plain' } },
  described: {
    id: 'getMetrics',
    tag: 'service',
    summary: 'Metrics of this process, for Prometheus',
    description: 'To be scraped of each replica.',
  },
  handler: async ({ response }, { feed, metrics }) => {
    await sendMetrics(response, feed, await metrics.ofProcess());
  },
});
