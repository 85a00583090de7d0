import { answerAvailability, AVAILABILITY } from '../http/availability-report.ts';
import { route } from '../http/route.ts';

/** How streams ran, as CSV for what can't ask by `Accept`. */
export const availabilityCsv = route({
  path: '/api/reports/availability.csv',
  method: 'get',
  parameters: AVAILABILITY.parameters,
  answers: { 200: { description: 'The report, a line a stream', type: 'text/csv', headers: ['Vary'] } },
  problems: AVAILABILITY.problems,
  described: {
    id: 'reportAvailabilityAsCsv',
    tag: 'data',
    summary: 'How streams ran, as CSV',
    description: AVAILABILITY.description,
  },
  handler: (asked, context) => answerAvailability(asked, context, true),
});
