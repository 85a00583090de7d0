import { hostOf, isIll, URGENCIES, worstOf } from '@mediamtx-monitor/model';
import type { AttentionStream, Health, HostRecord, StreamsHead } from '@mediamtx-monitor/types';
import {
  type FleetReason,
  reasonsOfServer,
  serverHealth,
  serverLook,
  type ServerSilence,
} from './fleet-reasons.ts';

/** How a server is, with its machine and its streams. */
export interface ServerStanding {
  readonly head: StreamsHead;
  /** The worst of all of them. */
  readonly health: Health;
  /** Of the server itself, the worst first. */
  readonly reasons: readonly FleetReason[];
  readonly silence: ServerSilence | undefined;
  /** Its machine, where that is known and heard of. */
  readonly host: HostRecord | undefined;
  /** How many of its streams need attention, and the worst of them. */
  readonly illCount: number;
  readonly worst: readonly AttentionStream[];
}

export interface StandingInput {
  readonly heads: ReadonlyMap<string, StreamsHead>;
  readonly silences: ReadonlyMap<string, ServerSilence>;
  /** Servers whose streams aren't known any more. */
  readonly stale: ReadonlySet<string>;
  /** Machines that are heard of. */
  readonly hosts: readonly HostRecord[];
}

/** How all servers are, the worst first; of equals that whose own trouble it is, then that with more of it, then by name. */
export function serverStandings({ heads, silences, stale, hosts }: StandingInput): readonly ServerStanding[] {
  return [...heads.values()]
    .map((head) => standingOf(head, { silences, stale, hosts, count: heads.size }))
    .sort(
      (a, b) =>
        URGENCIES[a.health] - URGENCIES[b.health] ||
        Number(b.reasons[0]?.severity === b.health) - Number(a.reasons[0]?.severity === a.health) ||
        b.illCount - a.illCount ||
        IN_ORDER.compare(a.head.server, b.head.server),
    );
}

const IN_ORDER = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

interface Around extends Omit<StandingInput, 'heads'> {
  readonly count: number;
}

function standingOf(head: StreamsHead, { silences, stale, hosts, count }: Around): ServerStanding {
  const { server } = head;
  const silence = silences.get(server);
  const reasons = reasonsOfServer(head, silence);
  const host = hostOf(server, count, hosts);
  const own = serverLook(serverHealth(reasons, silence), host);
  const streams = stale.has(server) ? NOTHING_ILL : illStreams(head);
  const ill = [own, streams.health].filter(isIll).map((severity) => ({ severity }));
  const { illCount, worst } = streams;
  return { head, health: worstOf(ill) ?? own, reasons, silence, host, illCount, worst };
}

const NOTHING_ILL = { health: 'ok', illCount: 0, worst: [] } as const;

/** What a head says of its streams; one of a collector before there was `attention` only how many. */
function illStreams({
  attention,
  totals,
}: StreamsHead): Pick<ServerStanding, 'health' | 'illCount' | 'worst'> {
  const { critical = 0, warning = 0 } = totals.healths ?? {};
  const health = critical > 0 ? 'critical' : warning > 0 ? 'warning' : 'ok';
  if (attention == null) return { health, illCount: critical + warning, worst: [] };
  const { count, worst } = attention;
  return { health: count === 0 ? 'ok' : (worst[0]?.health ?? health), illCount: count, worst };
}
