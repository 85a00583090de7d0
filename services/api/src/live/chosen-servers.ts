import type { Feed } from '../feed/index.ts';
import { chosenBy, type IsChosen } from '../http/server-choice.ts';
import type { LiveFilter } from './filter.ts';

/** What a tick means for a client that chose by labels: its server has them since this tick, or not any more. */
export type ChoiceChange = 'in' | 'out';

/** The servers that a client wants who chose by labels, as they are at each moment. */
export class ChosenServers {
  readonly #isChosen: IsChosen;
  /** Those that the client was told of. */
  readonly #told = new Set<string>();

  constructor(feed: Pick<Feed, 'servers'>, filter: Pick<LiveFilter, 'servers' | 'label'>) {
    this.#isChosen = chosenBy(feed, filter);
  }

  wants(server: string): boolean {
    return this.#isChosen(server);
  }

  /** Notes that a tick of a server is there, and what is new by it. */
  note(server: string): ChoiceChange | undefined {
    if (this.#told.has(server) === this.#isChosen(server)) return undefined;
    if (this.#told.delete(server)) return 'out';
    this.#told.add(server);
    return 'in';
  }
}
