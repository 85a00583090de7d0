import type { Age } from '@mediamtx-monitor/client';
import { hostOf, isIll, type TightLoad, tightLoads, worstFirst, worstOf } from '@mediamtx-monitor/model';
import {
  type Health,
  type HostRecord,
  type Reason,
  SERVER_REASON_CODES,
  type ServerReasonCode,
  type Severity,
  type Silence,
  type SourceStatus,
  type StreamsMessage,
} from '@mediamtx-monitor/types';
import type { SilenceAge } from '../data/fleet-ages.ts';
import { type FleetSnapshot, hostRecords } from '../data/fleet.ts';

/** That nothing is heard of a server: nothing is known of its streams, and who is to blame is anyone between. */
export interface ServerSilence {
  readonly level: Exclude<Silence, 'fresh'>;
  /** Its machine, where that has fallen silent too. */
  readonly host: string | null;
}

/**
 * Servers that nothing is heard of, whatever was heard last. One that can't be read isn't silent as long as its collector
 * says so, though its streams' data gets old.
 */
export function silencesOf(
  fleet: FleetSnapshot,
  silenceAges: ReadonlyMap<string, SilenceAge>,
  hostAges: ReadonlyMap<string, Age>,
): ReadonlyMap<string, ServerSilence> {
  const hosts = hostRecords(fleet);
  return new Map(
    [...silenceAges].flatMap(([server, { level }]): [string, ServerSilence][] => {
      if (level === 'fresh') return [];
      const host = hostOf(server, fleet.servers.size, hosts)?.host;
      const isHostSilent = host !== undefined && hostAges.get(host)?.stale === true;
      return [[server, { level, host: isHostSilent ? host : null }]];
    }),
  );
}

/** Whether both say the same, so that nothing is drawn anew while only seconds pass. */
export function areSameSilences(
  some: ReadonlyMap<string, ServerSilence>,
  others: ReadonlyMap<string, ServerSilence>,
): boolean {
  return (
    some.size === others.size &&
    [...some].every(([server, { level, host }]) => {
      const other = others.get(server);
      return other !== undefined && other.level === level && other.host === host;
    })
  );
}

/** What is wrong with a server or a machine, rather than with a stream. */
export type FleetReason = { readonly severity: Severity } & (
  | {
      readonly code: 'server-unreachable';
      readonly server: string;
      readonly problem: Exclude<SourceStatus, 'up'>;
    }
  | { readonly code: 'list-missing'; readonly server: string; readonly lists: readonly string[] }
  /** `host`: its machine, where that has fallen silent too. */
  | { readonly code: 'no-data'; readonly server: string; readonly host: string | null }
  /** What a newer collector says that this page doesn't know. */
  | { readonly code: 'other'; readonly server: string; readonly published: Reason }
  | { readonly code: 'host-load'; readonly host: string; readonly loads: readonly TightLoad[] }
);

/** All that is wrong with servers and machines, the worst first, of equals servers first. @param staleHosts what they last said is too old */
export function fleetReasons(
  { servers, hosts }: FleetSnapshot,
  silences: ReadonlyMap<string, ServerSilence>,
  staleHosts: ReadonlySet<string>,
): readonly FleetReason[] {
  const ofServers = [...servers.values()].flatMap((message) =>
    reasonsOfServer(message, silences.get(message.server)),
  );
  const ofHosts = [...hosts.values()].flatMap(({ host, hosts: [record] }): FleetReason[] => {
    const loads = staleHosts.has(host) ? [] : tightLoads(record);
    const severity = worstOf(loads);
    return severity === undefined ? [] : [{ code: 'host-load', host, loads, severity }];
  });
  return worstFirst([...ofServers, ...ofHosts]);
}

/**
 * What is wrong with one server, the worst first. Silence mends nothing: what was heard last stays said, after a silence
 * that is as bad.
 */
export function reasonsOfServer(
  message: PublishedServer,
  silence: ServerSilence | undefined,
): readonly FleetReason[] {
  const { server } = message;
  const ofSilence: readonly FleetReason[] =
    silence === undefined || silence.level === 'quiet'
      ? []
      : [{ code: 'no-data', server, host: silence.host, severity: silence.level }];
  return worstFirst([...ofSilence, ...publishedReasons(message)]);
}

/** What the newest message about a server says of it. */
type PublishedServer = Pick<StreamsMessage, 'server' | 'source' | 'missing' | 'reasons'>;

/** What the collector says of a server. Those before 0.2 publish no reasons; they follow from what they do publish. */
function publishedReasons({ server, source, missing, reasons }: PublishedServer): readonly FleetReason[] {
  const severityOf = (code: ServerReasonCode): Severity | undefined =>
    reasons?.find((reason) => reason.code === code)?.severity;
  if (source.status !== 'up') {
    const severity = severityOf('server-unreachable') ?? 'critical';
    return [{ code: 'server-unreachable', server, problem: source.status, severity }];
  }
  const others = (reasons ?? [])
    .filter(({ code }) => !SERVER_REASON_CODES.some((known) => known === code))
    .map((reason): FleetReason => ({
      code: 'other',
      server,
      published: reason,
      severity: reason.severity,
    }));
  if (missing.length === 0) return others;
  return [
    { code: 'list-missing', server, lists: missing, severity: severityOf('list-missing') ?? 'warning' },
    ...others,
  ];
}

/** A server's health: that of the worst that is wrong; `unknown` while nothing is heard of it that is. */
export function serverHealth(reasons: readonly FleetReason[], silence: ServerSilence | undefined): Health {
  return worstOf(reasons) ?? (silence === undefined ? 'ok' : 'unknown');
}

/**
 * How a server looks together with the machine it runs on: as bad as the worse of both. Nothing is known of one that is
 * silent, whatever its machine does.
 * @param host where it is known and heard of
 */
export function serverLook(health: Health, host: HostRecord | undefined): Health {
  if (health === 'unknown' || host === undefined) return health;
  const own = isIll(health) ? [{ severity: health }] : [];
  return worstOf([...own, ...tightLoads(host)]) ?? health;
}

/** What a reason is about: a server's id or a host's. */
export function subjectOf(reason: FleetReason): string {
  return reason.code === 'host-load' ? reason.host : reason.server;
}

/** How many servers and machines have a reason; one may have several. */
export function countSubjects(reasons: readonly FleetReason[]): number {
  return new Set(
    reasons.map((reason) => `${reason.code === 'host-load' ? 'host' : 'server'} ${subjectOf(reason)}`),
  ).size;
}
