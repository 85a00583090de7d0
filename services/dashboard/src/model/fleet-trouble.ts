import type { Age } from '@mediamtx-monitor/client';
import { hostOf, type TightLoad, tightLoads, worstFirst, worstOf } from '@mediamtx-monitor/model';
import {
  type Health,
  type Reason,
  SERVER_REASON_CODES,
  type ServerReasonCode,
  type Severity,
  type Silence as SilenceLevel,
  type SourceStatus,
  type StreamsMessage,
} from '@mediamtx-monitor/types';
import type { Hearing } from '../data/feed.ts';
import { type Fleet, hostRecords } from '../data/fleet.ts';

/** No news of a server: nothing is known of its streams, and who is to blame is anyone between. */
export interface Silence {
  readonly level: Exclude<SilenceLevel, 'fresh'>;
  /** Its machine, where that has fallen silent too. */
  readonly host: string | null;
}

/**
 * Servers that nothing is heard of, whatever was heard last. One that can't be read isn't silent as long as its collector
 * says so, though its streams' data gets old.
 */
export function silencesOf(
  fleet: Fleet,
  hearings: ReadonlyMap<string, Hearing>,
  hostAges: ReadonlyMap<string, Age>,
): ReadonlyMap<string, Silence> {
  const hosts = hostRecords(fleet);
  return new Map(
    [...hearings].flatMap(([server, { silence: level }]): [string, Silence][] => {
      if (level === 'fresh') return [];
      const host = hostOf(server, fleet.servers.size, hosts)?.host;
      const isHostSilent = host !== undefined && hostAges.get(host)?.stale === true;
      return [[server, { level, host: isHostSilent ? host : null }]];
    }),
  );
}

/** Whether two tellings are the same, so that nothing is drawn anew while only seconds pass. */
export function areSameSilences(
  some: ReadonlyMap<string, Silence>,
  others: ReadonlyMap<string, Silence>,
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
export type FleetTrouble = { readonly severity: Severity } & (
  | {
      readonly code: 'server-unreachable';
      readonly server: string;
      readonly problem: Exclude<SourceStatus, 'up'>;
    }
  | { readonly code: 'list-missing'; readonly server: string; readonly lists: readonly string[] }
  /** `host`: its machine, where that has fallen silent too. */
  | { readonly code: 'no-data'; readonly server: string; readonly host: string | null }
  /** What a newer collector says that this page doesn't know. */
  | { readonly code: 'told'; readonly server: string; readonly reason: Reason }
  | { readonly code: 'host-load'; readonly host: string; readonly loads: readonly TightLoad[] }
);

/** All that is wrong with servers and machines, the worst first, of equals servers first. @param staleHosts what they last said is too old */
export function fleetTroubles(
  { servers, hosts }: Fleet,
  silences: ReadonlyMap<string, Silence>,
  staleHosts: ReadonlySet<string>,
): readonly FleetTrouble[] {
  const ofServers = [...servers.values()].flatMap((message) =>
    serverTroubles(message, silences.get(message.server)),
  );
  const ofHosts = [...hosts.values()].flatMap(({ host, hosts: [record] }): FleetTrouble[] => {
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
export function serverTroubles(message: Spoken, silence: Silence | undefined): readonly FleetTrouble[] {
  const { server } = message;
  const ofSilence: readonly FleetTrouble[] =
    silence === undefined || silence.level === 'quiet'
      ? []
      : [{ code: 'no-data', server, host: silence.host, severity: silence.level }];
  return worstFirst([...ofSilence, ...toldTroubles(message)]);
}

/** What the newest message about a server says of it. */
type Spoken = Pick<StreamsMessage, 'server' | 'source' | 'missing' | 'reasons'>;

/** What the collector says of a server. Those before 0.2 don't tell reasons; they follow from what they do tell. */
function toldTroubles({ server, source, missing, reasons }: Spoken): readonly FleetTrouble[] {
  const severityOf = (code: ServerReasonCode): Severity | undefined =>
    reasons?.find((reason) => reason.code === code)?.severity;
  if (source.status !== 'up') {
    const severity = severityOf('server-unreachable') ?? 'critical';
    return [{ code: 'server-unreachable', server, problem: source.status, severity }];
  }
  const told = (reasons ?? [])
    .filter(({ code }) => !SERVER_REASON_CODES.some((known) => known === code))
    .map((reason): FleetTrouble => ({ code: 'told', server, reason, severity: reason.severity }));
  if (missing.length === 0) return told;
  return [
    { code: 'list-missing', server, lists: missing, severity: severityOf('list-missing') ?? 'warning' },
    ...told,
  ];
}

/** A server's health: that of its worst trouble; `unknown` while nothing is heard of it that is. */
export function serverHealth(troubles: readonly FleetTrouble[], silence: Silence | undefined): Health {
  return worstOf(troubles) ?? (silence === undefined ? 'ok' : 'unknown');
}

/** What a trouble is about: a server's id or a host's. */
export function subjectOf(trouble: FleetTrouble): string {
  return trouble.code === 'host-load' ? trouble.host : trouble.server;
}

/** How many servers and machines are in trouble; one may have several. */
export function countSubjects(troubles: readonly FleetTrouble[]): number {
  return new Set(
    troubles.map((trouble) => `${trouble.code === 'host-load' ? 'host' : 'server'} ${subjectOf(trouble)}`),
  ).size;
}
