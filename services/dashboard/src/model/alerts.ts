import { worstFirst } from '@mediamtx-monitor/model';
import type { AlertSubject, Reason, Severity } from '@mediamtx-monitor/types';
import type { FleetReason } from './fleet-reasons.ts';
import type { IllStream } from './fleet-streams.ts';

/** A reason that someone may have to be told of. */
export type PageAlert = {
  /** What has it: `stream main/cam`, `server main`, `host box`. */
  readonly subject: string;
  /** What it is. */
  readonly code: string;
  readonly severity: Severity;
} & (
  | { readonly kind: 'stream'; readonly listed: IllStream; readonly reason: Reason | undefined }
  | { readonly kind: 'fleet'; readonly reason: FleetReason }
  /** As the alerter tells it. */
  | { readonly kind: 'told'; readonly about: AlertSubject; readonly reason: Reason | undefined }
);

/** The fleet at a moment, as far as alerts care. */
export interface FleetState {
  readonly serverIds: readonly string[];
  readonly hostIds: readonly string[];
  /** Streams that need attention. */
  readonly ill: readonly IllStream[];
  /** Keys of streams of unknown health. */
  readonly unknown: readonly string[];
  /** Servers that tell nothing of their streams now. */
  readonly unknownServers: ReadonlySet<string>;
  readonly reasons: readonly FleetReason[];
  /** Those that nothing is known of now. */
  readonly silentServers: readonly string[];
  readonly silentHosts: readonly string[];
}

/** One reason, from its beginning until it has been over for a while. */
interface AlertEpisode {
  /** The gravest it was. */
  readonly severity: Severity;
  /** Since when it has been over, in monotonic ms; `null` while it lasts, and while nobody knows. */
  readonly overSinceMs: number | null;
}

export interface AlertMemory {
  /** Servers and hosts that were there. */
  readonly places: ReadonlySet<string>;
  /** By subject and family of codes. */
  readonly episodes: ReadonlyMap<string, AlertEpisode>;
}

/** Before anything was seen: so nothing that comes first is alerted. */
export const NOTHING_SEEN: AlertMemory = { places: new Set(), episodes: new Map() };

/** What is over for as long and comes again is alerted again. */
const OVER_MS = 60_000;

/** That nothing comes is one story, by whatever name: it goes on under another when the row or the source follows. */
const NOTHING_COMES: readonly string[] = ['stalled', 'off-air', 'not-live', 'source-down', 'flapping'];
/** Says of what is gone only that it wasn't the first time. */
const REPEATED = 'flapping';

/**
 * What someone should be told of: each reason once, when it begins, and when it gets critical; again only after it was
 * over for a minute. Reasons of one story count as one. What a server or host brings with it that wasn't there before
 * is alerted by nobody. What isn't known is neither well nor ill, and counts for no minute.
 * @param nowMs monotonic
 */
export function newAlerts(
  before: AlertMemory,
  fleetState: FleetState,
  nowMs: number,
): { readonly alerts: readonly PageAlert[]; readonly memory: AlertMemory } {
  const episodes = new Map(before.episodes);
  const alerts: PageAlert[] = [];
  const active = new Set<string>();

  for (const { place, alert } of alertsOf(fleetState)) {
    const key = keyOf(alert.subject, alert.code);
    const last = episodes.get(key);
    const episode = last === undefined || isOver(last, nowMs) ? undefined : last;
    active.add(key);
    if (before.places.has(place) && isDue(episode, alert)) alerts.push(alert);
    episodes.set(key, {
      severity: episode?.severity === 'critical' ? 'critical' : alert.severity,
      overSinceMs: null,
    });
  }
  const unknown = unknownSubjects(fleetState);
  for (const [key, episode] of episodes) {
    if (active.has(key)) continue;
    const subject = key.slice(0, key.lastIndexOf(SEPARATOR));
    const isUnknown = unknown.has(subject) || fleetState.unknownServers.has(serverOfStream(subject));
    const ended = { ...episode, overSinceMs: isUnknown ? null : (episode.overSinceMs ?? nowMs) };
    if (isOver(ended, nowMs)) episodes.delete(key);
    else episodes.set(key, ended);
  }
  const places = new Set([...fleetState.serverIds.map(serverPlace), ...fleetState.hostIds.map(hostPlace)]);
  return { alerts: worstFirst(alerts), memory: { places, episodes } };
}

const SEPARATOR = '\n';

function keyOf(subject: string, code: string): string {
  return `${subject}${SEPARATOR}${NOTHING_COMES.includes(code) ? 'nothing-comes' : code}`;
}

function isOver({ overSinceMs }: AlertEpisode, nowMs: number): boolean {
  return overSinceMs !== null && nowMs - overSinceMs >= OVER_MS;
}

function isDue(episode: AlertEpisode | undefined, { severity }: PageAlert): boolean {
  return episode === undefined || (severity === 'critical' && episode.severity === 'warning');
}

interface Placed {
  readonly place: string;
  readonly alert: PageAlert;
}

function serverPlace(server: string): string {
  return `server ${server}`;
}

function hostPlace(host: string): string {
  return `host ${host}`;
}

function streamSubject(key: string): string {
  return `stream ${key}`;
}

/** Id of the server of a stream; empty of anything else. */
function serverOfStream(subject: string): string {
  return subject.startsWith('stream ') ? subject.slice('stream '.length, subject.indexOf('/')) : '';
}

/** All alerts there are; of a stream whose reasons aren't known, its health is one. */
function alertsOf({ ill, reasons }: FleetState): readonly Placed[] {
  const ofFleet = reasons.flatMap((reason): Placed[] => {
    if (reason.code === 'host-load') {
      const subject = hostPlace(reason.host);
      return reason.loads.map((load) => ({
        place: subject,
        alert: {
          kind: 'fleet',
          subject,
          code: load.mount === null ? load.kind : `${load.kind} ${load.mount}`,
          severity: load.severity,
          reason: { ...reason, loads: [load], severity: load.severity },
        },
      }));
    }
    // That nothing was heard for half a minute is said on the page; it becomes an alert when it lasts.
    if (reason.code === 'no-data' && reason.severity === 'warning') return [];
    const subject = serverPlace(reason.server);
    const code = reason.code === 'other' ? reason.published.code : reason.code;
    return [{ place: subject, alert: { kind: 'fleet', subject, code, severity: reason.severity, reason } }];
  });
  const ofStreams = ill.flatMap((listed): Placed[] => {
    const place = serverPlace(listed.stream.server);
    const subject = streamSubject(listed.key);
    if (listed.reasons.length === 0) {
      const severity = listed.health === 'critical' ? 'critical' : 'warning';
      return [{ place, alert: { kind: 'stream', subject, code: '', severity, listed, reason: undefined } }];
    }
    const reasons = worstFirst([
      ...listed.reasons.filter(({ code }) => code !== REPEATED),
      ...listed.reasons.filter(({ code }) => code === REPEATED),
    ]);
    return reasons.map((reason) => ({
      place,
      alert: { kind: 'stream', subject, code: reason.code, severity: reason.severity, listed, reason },
    }));
  });
  // Of what is equally bad, hosts come last.
  return [...ofFleet.filter((one) => !isOfHost(one)), ...ofStreams, ...ofFleet.filter(isOfHost)];
}

function isOfHost({ alert }: Placed): boolean {
  return alert.kind === 'fleet' && alert.reason.code === 'host-load';
}

function unknownSubjects({ unknown, silentServers, silentHosts }: FleetState): ReadonlySet<string> {
  return new Set([
    ...silentServers.map(serverPlace),
    ...silentHosts.map(hostPlace),
    ...unknown.map(streamSubject),
  ]);
}
