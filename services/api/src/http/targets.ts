import { type AlertsHead, type TargetStatus, TEST_INTERVAL_MS } from '@mediamtx-monitor/types';
import type { KnownAlerts } from './alerts.ts';
import { RefusedError } from './refusal.ts';

/**
 * A target that is told of alerts.
 * @throws {RefusedError} `unknown-target`, `target-gone`
 */
export function targetAtWork({ targets }: AlertsHead, wanted: string): TargetStatus {
  const target = targets.find(({ name }) => name === wanted);
  if (target === undefined) {
    const names = targets.map(({ name }) => name).join(', ');
    const detail = names === '' ? 'No target is configured.' : `There is no such target; there is: ${names}.`;
    throw new RefusedError({ code: 'unknown-target', detail });
  }
  if (target.state === 'disabled') {
    throw new RefusedError({
      code: 'target-gone',
      detail:
        'It has answered that it doesn’t exist any more, so nothing is sent to it. Give it another address in ' +
        'MONITOR_CONFIG, and restart the alerter.',
    });
  }
  return target;
}

/** @throws {RefusedError} `tested-already` where the last test of a target was just now */
export function refuseEarlyTest({ testAgeMs }: TargetStatus, { ageMs }: Pick<KnownAlerts, 'ageMs'>): void {
  if (testAgeMs === null) return;
  const waitMs = TEST_INTERVAL_MS - testAgeMs - ageMs;
  if (waitMs <= 0) return;
  const seconds = Math.ceil(waitMs / 1_000);
  throw new RefusedError({
    code: 'tested-already',
    detail: `It was tested in the last minute; GET /api/notifications says what came of it. Ask again in ${seconds} s.`,
    headers: { 'Retry-After': String(seconds) },
  });
}
