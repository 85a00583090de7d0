import type { FleetTrouble } from '../model/fleet-trouble.ts';
import type { Silence } from '../model/silence.ts';
import type { Texts } from './en.ts';
import type { Format } from './format.ts';
import { reasonWords } from './reason-words.ts';

/** What a sentence about servers needs beside them. */
export interface Telling {
  readonly texts: Texts;
  readonly format: Format;
  /** Whether servers have to be told apart. */
  readonly hasManyServers: boolean;
  /** How long nothing was heard of a server, written; `null` where it isn't known, or shouldn't be said. */
  readonly ageOf: (server: string) => string | null;
}

/** What is wrong with a server or machine, with its name. */
export function fleetTroubleWords(trouble: FleetTrouble, telling: Telling): string {
  const { texts, format, ageOf } = telling;
  const words = texts.fleet;
  switch (trouble.code) {
    case 'server-unreachable':
      return words.unreachable(trouble.server, texts.serverProblems[trouble.problem]);
    case 'list-missing':
      return words.unread(trouble.server, format.list(trouble.lists));
    case 'told':
      return words.told(trouble.server, reasonWords(trouble.reason, texts, format));
    case 'no-data': {
      const { server, host, severity } = trouble;
      if (severity === 'warning') return silentWords(server, telling);
      return host === null
        ? words.noNews(server, ageOf(server))
        : words.noNewsNorHost(server, host, ageOf(server));
    }
    case 'host-load': {
      const loads = trouble.loads.map(({ kind, mount, percent }) =>
        words.loads[kind](format.percent(percent), mount ?? ''),
      );
      return words.host(trouble.host, format.list(loads));
    }
  }
}

/** That nothing is heard of a server, as bad as that is by now. */
export function silenceWords(server: string, { level, host }: Silence, telling: Telling): string {
  if (level === 'quiet') return quietWords(server, telling);
  return fleetTroubleWords({ code: 'no-data', server, host, severity: level }, telling);
}

/** That nothing is heard of a server, which needn't mean anything yet. */
export function quietWords(server: string, telling: Telling): string {
  return telling.texts.fleet.mayBeFine(silentWords(server, telling));
}

function silentWords(server: string, { texts, hasManyServers, ageOf }: Telling): string {
  return texts.fleet.silent(hasManyServers ? server : null, ageOf(server));
}
