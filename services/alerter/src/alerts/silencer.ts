import { createSchedule } from '@mediamtx-monitor/runtime';
import type { AlertSilence } from '@mediamtx-monitor/types';
import type { Maintenance, StoredAlert } from '../model.ts';
import { Scopes } from '../scopes.ts';

/** Something for which nobody is told of some alerts. */
interface Quiet {
  readonly name: string;
  readonly reason: string | null;
  readonly holdsAt: (wallMs: number) => boolean;
}

/** Tells for which silence or maintenance window nobody is told of an alert. */
export class Silencer {
  readonly #quiets: readonly Quiet[];
  readonly #scopes: Scopes;

  constructor(silences: readonly AlertSilence[], maintenance: readonly Maintenance[]) {
    this.#quiets = [
      ...silences.map(({ id, reason, until }) => {
        const untilMs = Date.parse(until);
        return { name: id, reason, holdsAt: (wallMs: number) => wallMs < untilMs };
      }),
      ...maintenance.map(({ name, hours }) => ({ name, reason: null, holdsAt: createSchedule(hours) })),
    ];
    this.#scopes = new Scopes([
      ...silences.map(({ server, stream }) => ({
        servers: server === null ? null : [server],
        match: stream,
      })),
      ...maintenance,
    ]);
  }

  /** For a moment: id of the silence or name of the window, `null` where there is none. */
  at(wallMs: number): (alert: StoredAlert) => string | null {
    const holding = this.#quiets.map(({ holdsAt }) => holdsAt(wallMs));
    if (!holding.includes(true)) return () => null;
    return (alert) => {
      for (const place of this.#scopes.placesOf(alert.subject)) {
        const quiet = this.#quiets[place];
        if (quiet !== undefined && holding[place] === true && selects(quiet, alert)) return quiet.name;
      }
      return null;
    };
  }
}

function selects({ reason }: Quiet, { reasons }: StoredAlert): boolean {
  return reason === null || reasons.every(({ code }) => code === reason);
}
