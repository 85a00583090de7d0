import type { SubjectKind } from '@mediamtx-monitor/types';
import type { Feed } from '../feed/index.ts';
import { chosenBy, type IsChosen } from '../http/server-choice.ts';
import type { LiveFilter } from './filter.ts';

/** What a tick means for a client that chose by labels: its server has them since this tick, or not any more. */
export type ChoiceChange = 'in' | 'out';

/** The servers that a client wants, by the labels that they have at each moment. */
export class ChosenServers {
  readonly #isChosen: IsChosen;
  /** Those that the client was told of; `null` where no change of labels matters to it. */
  readonly #told: Set<string> | null;

  constructor(feed: Pick<Feed, 'servers'>, filter: Pick<LiveFilter, 'server' | 'label'>) {
    this.#isChosen = chosenBy(feed, filter);
    this.#told = filter.label === undefined ? null : new Set();
  }

  /** Whether something about a subject is wanted now: of what isn't a server everything is. */
  wants(kind: SubjectKind, subject: string): boolean {
    return kind !== 'server' || this.#isChosen(subject);
  }

  /** Notes that a tick of a server is there, and what is new by it. */
  note(server: string): ChoiceChange | undefined {
    if (this.#told === null || this.#told.has(server) === this.#isChosen(server)) return undefined;
    if (this.#told.delete(server)) return 'out';
    this.#told.add(server);
    return 'in';
  }
}
