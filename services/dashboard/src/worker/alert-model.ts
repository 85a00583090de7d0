import type { AlertsMessage } from '@mediamtx-monitor/types';
import type { FleetFeed } from '../data/feed.ts';
import { alertBoard, bellState } from '../model/alert-board.ts';
import { silencedSubjects } from '../model/silenced.ts';
import type { Shown, Wanted } from './exchange.ts';
import { type SignalsOf, steady } from './mirror.ts';

type ToldShown = SignalsOf<Pick<Shown, 'bell' | 'board' | 'alertTargets' | 'alertSilences' | 'silenced'>>;

/** Makes of what the alerter tells what is shown of it: all of it only while the panel is open. */
export function alertModel(
  { told, isSettled }: Pick<FleetFeed, 'told' | 'isSettled'>,
  wanted: SignalsOf<Pick<Wanted, 'board' | 'seenAlert'>>,
): ToldShown {
  // The alerter says all of it each few seconds, and seldom anything new.
  const lookedAt = <T>(part: (told: AlertsMessage) => T, none: T) =>
    steady(() => (wanted.board.value && told.value !== null ? part(told.value) : none), readAlike);
  return {
    bell: steady(() => bellState(told.value, isSettled.value, wanted.seenAlert.value), readAlike),
    board: lookedAt(alertBoard, null),
    alertTargets: lookedAt(({ targets }) => targets, []),
    silenced: steady(() => (told.value === null ? {} : silencedSubjects(told.value)), readAlike),
    alertSilences: lookedAt(({ silences }) => silences, []),
  };
}

function readAlike(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
