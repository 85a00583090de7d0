import type { AlertsHead } from '@mediamtx-monitor/types';
import type { Feed } from '../feed/index.ts';
import type { RecordFields, Tick } from '../tick/index.ts';
import { RefusedError } from './refusal.ts';

/** What is known of alerts, by the alerter that is at work. */
export interface KnownAlerts {
  readonly head: AlertsHead;
  readonly alerts: readonly RecordFields[];
  /** Time since they were told, in ms. */
  readonly ageMs: number;
}

/** The newest message of alerts; `undefined` where none was published for a day. */
export async function newestAlerts({ alerts }: Feed): Promise<Tick<AlertsHead> | undefined> {
  const { ticks } = await alerts.current();
  return ticks[0];
}

/**
 * What is known of alerts, where an alerter is at work.
 * @throws {RefusedError} `no-alerter`
 */
export async function alertsAtWork(feed: Feed): Promise<KnownAlerts> {
  const tick = await newestAlerts(feed);
  if (tick?.head == null || feed.isSilent(tick)) {
    throw new RefusedError({
      code: 'no-alerter',
      detail:
        'No alerter has published anything in the last seconds, so nobody would do it. Check that one runs and uses the ' +
        'same Redis.',
    });
  }
  return { head: tick.head, alerts: tick.records, ageMs: feed.age(tick)?.ageMs ?? 0 };
}
