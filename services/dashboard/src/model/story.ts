import type { EventSeverity, MonitorEvent } from '@mediamtx-monitor/types';
import { STORY_KINDS, type StoryKind } from '../data/past-view.ts';

/** Events of some types. */
export type EventOf<Type extends MonitorEvent['type']> = Extract<MonitorEvent, { readonly type: Type }>;

/** What is shown unless chosen: not each viewer who comes and goes. */
export const USUAL_KINDS: readonly StoryKind[] = STORY_KINDS.filter((kind) => kind !== 'viewers');

/**
 * Whether it lasts, and how that is known: a moment has no length; of one that is lost nobody knows when it ended. A
 * server's is open until all its parts are back.
 */
export type StoryCourse = 'moment' | 'open' | 'over' | 'lost';

/** What belongs together of what happened. */
export interface Story {
  /** Id of the first of its events that is known. */
  readonly id: string;
  readonly kind: StoryKind;
  /** Empty for what belongs to no server. */
  readonly server: string;
  readonly stream: string | null;
  /** Of an alert about a host. */
  readonly host: string | null;
  /** The worst of its events, and of its parts. */
  readonly severity: EventSeverity;
  /** When it began, Unix ms; the first that is known of it where `isCut`. */
  readonly beganMs: number;
  /** Its beginning isn't among what is known. */
  readonly isCut: boolean;
  readonly course: StoryCourse;
  /** Unix ms; `null` unless it is a moment or over. */
  readonly endedMs: number | null;
  /**
   * How long it took, by the clock of who measured it where that is told, of a server's without its parts; `null` unless
   * that is over and known.
   */
  readonly lastedMs: number | null;
  /** In order; none of several outages that began together. */
  readonly events: readonly MonitorEvent[];
  /** Of a server: what came of it for its streams, or which outages began together, in order. */
  readonly parts: readonly Story[];
}

/** Of how many streams a story tells. */
export function streamCount({ parts }: Pick<Story, 'parts'>): number {
  return new Set(parts.map(({ server, stream }) => `${server}/${stream ?? ''}`)).size;
}

/** Whether something is still missing that somebody minds. */
export function isNotBack({ course, severity }: Pick<Story, 'course' | 'severity'>): boolean {
  return course === 'open' && severity !== 'info';
}

/** Of its streams, how many aren't back yet. */
export function notBackCount({ parts }: Pick<Story, 'parts'>): number {
  return streamCount({ parts: parts.filter(isNotBack) });
}
