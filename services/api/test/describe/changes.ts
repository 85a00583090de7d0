import { createHash } from 'node:crypto';
import { alertRecord } from '@mediamtx-monitor/testkit';
import { alertsHeadOf } from '../publisher.ts';
import { SAMPLES } from './samples.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
/** Settings under which one token may change something, and another only read. */
export const OPERATORS = {
  API_TOKENS: [`ops:${hashOf('ops')}`, `reader:${hashOf('reader')}`],
  API_OPERATORS: ['ops'],
};
/** Headers of a request with JSON. */
export const bearer = (token: string) => ({
  Authorization: `Bearer ${token}`,
  'Content-Type': 'application/json',
});
/** All that is called `main`. */
export const MAIN = {
  alert: alertRecord({ id: 'main' }),
  head: alertsHeadOf({
    ...{ seq: 2, silences: SAMPLES.AlertSilence.map((silence) => ({ ...silence, id: 'main' })) },
    targets: SAMPLES.TargetStatus.map((target) => ({ ...target, name: 'main' })),
  }),
};
/** What could not be delivered, as it is kept. */
export const DEAD = JSON.stringify({ ...SAMPLES.NotificationEntry[1], target: 'main', id: undefined });
/** Everything that an operator may do. */
export const CHANGES = [
  {
    path: '/api/silences',
    method: 'POST',
    // Test clocks stand in the past; ends are by Redis's.
    body: JSON.stringify({ server: 'main', comment: 'x', until: new Date(Date.now() + 3_600_000) }),
  },
  { path: '/api/alerts/main/ack', method: 'POST', body: '{"comment":"on it"}' },
  { path: '/api/silences/main', method: 'DELETE' },
  { path: '/api/targets/main/test', method: 'POST' },
  { path: '/api/notifications/1-0/replay', method: 'POST' },
] as const;
/** A body that begins, and never comes to its end. */
export const neverEnding = () => ({
  body: new ReadableStream({
    start: (controller) => {
      controller.enqueue(Buffer.from('{'));
    },
  }),
  duplex: 'half',
});
