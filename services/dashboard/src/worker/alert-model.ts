import type { AlertsMessage } from '@mediamtx-monitor/types';
import type { FleetFeed } from '../data/feed.ts';
import { alertBoard, bellState } from '../model/alert-board.ts';
import type { Shown, Wanted } from './exchange.ts';
import { type SignalsOf, steady } from './mirror.ts';

type ToldShown = SignalsOf<Pick<Shown, 'bell' | 'board' | 'alertTargets' | 'alertSilences'>>;

/** Makes of what the alerter tells what is shown of it: all of it only while the panel is open. */
export function alertModel({ told, isSettled }: FleetFeed, wanted: SignalsOf<Wanted>): ToldShown {
  // The alerter says all of it each few seconds, and seldom anything new.
  const lookedAt = <T>(part: (told: AlertsMessage) => T, none: T) =>
    steady(
      () => (wanted.board.value && told.value !== null ? part(told.value) : none),
      (one, other) => JSON.stringify(one) === JSON.stringify(other),
    );
  return {
    bell: steady(
      () => bellState(told.value, isSettled.value, wanted.seenAlert.value),
      (one, other) => JSON.stringify(one) === JSON.stringify(other),
    ),
    board: lookedAt(alertBoard, null),
    alertTargets: lookedAt(({ targets }) => targets, []),
    alertSilences: lookedAt(({ silences }) => silences, []),
  };
}
