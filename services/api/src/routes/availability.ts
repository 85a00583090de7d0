import { availabilityReportSchema } from '@mediamtx-monitor/types/schemas';
import { answerAvailability, AVAILABILITY } from '../http/availability-report.ts';
import { route } from '../http/route.ts';

/** How streams ran. */
export const availability = route({
  path: '/api/reports/availability',
  method: 'get',
  parameters: AVAILABILITY.parameters,
  answers: {
    200: {
      description: 'The report',
      type: 'application/json',
      alsoAs: 'text/csv',
      body: availabilityReportSchema,
      headers: ['Vary'],
    },
  },
  problems: AVAILABILITY.problems,
  described: {
    id: 'reportAvailability',
    tag: 'data',
    summary: 'How streams ran: uptime, outages, unknown time',
    description: AVAILABILITY.description,
  },
  handler: (asked, context) => answerAvailability(asked, context, false),
});
