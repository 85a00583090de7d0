import { createSchedule } from '@mediamtx-monitor/runtime';
import type { AlertSilence } from '@mediamtx-monitor/types';
import type { Maintenance, StoredAlert } from '../model.ts';
import { Scopes } from '../scopes.ts';

/** Something for which nobody is told of some alerts. */
interface Quiet {
  readonly name: string;
  /** `null` = whatever it is about. */
  readonly host: string | null;
  readonly reason: string | null;
  readonly holdsAt: (wallMs: number) => boolean;
}

/** So many silences that are over may be among those that are remembered. */
const MAX_OVER = 200;

/**
 * Tells for which silence or maintenance window nobody is told of an alert. What is known of silences stays known while
 * others come and go: looking at all alerts for all of them takes long.
 */
export class Silencer {
  readonly #maintenance: readonly Maintenance[];
  #silences: ReadonlyMap<string, AlertSilence> = new Map();
  #places = new Map<AlertSilence, number>();
  /** By place among the scopes; `null` = it is over. */
  #quiets: (Quiet | null)[];
  #scopes: Scopes;

  constructor(maintenance: readonly Maintenance[]) {
    this.#maintenance = maintenance;
    this.#scopes = new Scopes(maintenance);
    this.#quiets = maintenance.map(quietOfMaintenance);
  }

  /** @param wallMs Unix time in ms @return tells the id of the silence or name of the window; `null` = there is none */
  at(silences: ReadonlyMap<string, AlertSilence>, wallMs: number): (alert: StoredAlert) => string | null {
    if (silences !== this.#silences) this.#follow(silences);
    const holding = this.#quiets.map((quiet) => quiet?.holdsAt(wallMs) === true);
    if (!holding.includes(true)) return () => null;
    return (alert) => {
      for (const place of this.#scopes.placesOf(alert)) {
        const quiet = this.#quiets[place] ?? null;
        if (quiet !== null && holding[place] === true && selects(quiet, alert)) return quiet.name;
      }
      return null;
    };
  }

  #follow(silences: ReadonlyMap<string, AlertSilence>): void {
    this.#silences = silences;
    if (this.#quiets.length > this.#maintenance.length + silences.size + MAX_OVER) {
      this.#places = new Map();
      this.#scopes = new Scopes(this.#maintenance);
      this.#quiets = this.#maintenance.map(quietOfMaintenance);
    }
    for (const [silence, place] of this.#places) {
      if (silences.get(silence.id) === silence) continue;
      this.#places.delete(silence);
      this.#quiets[place] = null;
    }
    for (const silence of silences.values()) {
      if (this.#places.has(silence)) continue;
      const { server, labels = null, stream } = silence;
      const servers = server === null ? null : [server];
      const place = this.#scopes.add({ servers, labels, match: stream });
      this.#places.set(silence, place);
      this.#quiets[place] = quietOfSilence(silence);
    }
  }
}

function quietOfMaintenance({ name, hours }: Maintenance): Quiet {
  return { name, host: null, reason: null, holdsAt: createSchedule(hours) };
}

function quietOfSilence({ id, host = null, reason, until }: AlertSilence): Quiet {
  const untilMs = Date.parse(until);
  return { name: id, host, reason, holdsAt: (wallMs) => wallMs < untilMs };
}

function selects({ host, reason }: Quiet, { subject, reasons }: StoredAlert): boolean {
  if (host !== null && (subject.kind !== 'host' || subject.host !== host)) return false;
  return reason === null || reasons.every(({ code }) => code === reason);
}
