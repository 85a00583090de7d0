import { worstFirst } from '@mediamtx-monitor/model';
import type { Reason, Severity } from '@mediamtx-monitor/types';
import type { FleetTrouble } from './fleet-trouble.ts';
import { type Listed, needsAttention } from './streams.ts';

/** One thing that someone may have to be told of. */
export type Alarm = {
  /** What has it: `stream main/cam`, `server main`, `host box`. */
  readonly subject: string;
  /** What it is. */
  readonly code: string;
  readonly severity: Severity;
} & (
  | { readonly kind: 'stream'; readonly listed: Listed; readonly reason: Reason | undefined }
  | { readonly kind: 'fleet'; readonly trouble: FleetTrouble }
);

/** The fleet at a moment, as far as alarms care. */
export interface Picture {
  readonly serverIds: readonly string[];
  readonly hostIds: readonly string[];
  readonly list: readonly Listed[];
  readonly troubles: readonly FleetTrouble[];
  /** Those that nothing is known of now. */
  readonly silentServers: readonly string[];
  readonly silentHosts: readonly string[];
}

/** What was told of something, since its trouble began. */
interface Bout {
  /** The gravest that was told, or needn't be. */
  readonly severity: Severity;
  /** Since when it has been over, in monotonic ms; `null` while it lasts, and while nobody knows. */
  readonly overSinceMs: number | null;
}

export interface AlarmMemory {
  /** Servers and hosts that were there. */
  readonly places: ReadonlySet<string>;
  /** By subject and family of codes. */
  readonly bouts: ReadonlyMap<string, Bout>;
}

/** Before anything was seen: so nothing that comes first is news. */
export const NOTHING_SEEN: AlarmMemory = { places: new Set(), bouts: new Map() };

/** What is over for as long and comes again is news. */
const OVER_MS = 60_000;

/** That nothing comes is one story, by whatever name: it goes on under another when the row or the source follows. */
const NOTHING_COMES: readonly string[] = ['stalled', 'off-air', 'not-live', 'source-down', 'flapping'];
/** Says of what was told as gone only that it wasn't the first time. */
const REPEATED = 'flapping';

/**
 * What someone should be told of: each reason once, when it begins, and when it gets critical; again only after it was
 * over for a minute. Reasons of one story count as one. What a server or host brings with it that wasn't there before is no news. What isn't known is
 * neither well nor in trouble, and counts for no minute.
 * @param nowMs monotonic
 */
export function newAlarms(
  before: AlarmMemory,
  picture: Picture,
  nowMs: number,
): { readonly news: readonly Alarm[]; readonly memory: AlarmMemory } {
  const bouts = new Map(before.bouts);
  const news: Alarm[] = [];
  const active = new Set<string>();

  for (const { place, alarm } of alarmsOf(picture)) {
    const key = keyOf(alarm.subject, alarm.code);
    const last = bouts.get(key);
    const bout = last === undefined || isOver(last, nowMs) ? undefined : last;
    active.add(key);
    if (before.places.has(place) && isNews(bout, alarm)) news.push(alarm);
    bouts.set(key, {
      severity: bout?.severity === 'critical' ? 'critical' : alarm.severity,
      overSinceMs: null,
    });
  }
  const unknown = unknownSubjects(picture);
  for (const [key, bout] of bouts) {
    if (active.has(key)) continue;
    const isUnknown = unknown.has(key.slice(0, key.lastIndexOf(SEPARATOR)));
    const ended = { ...bout, overSinceMs: isUnknown ? null : (bout.overSinceMs ?? nowMs) };
    if (isOver(ended, nowMs)) bouts.delete(key);
    else bouts.set(key, ended);
  }
  const places = new Set([...picture.serverIds.map(serverPlace), ...picture.hostIds.map(hostPlace)]);
  return { news: worstFirst(news), memory: { places, bouts } };
}

const SEPARATOR = '\n';

function keyOf(subject: string, code: string): string {
  return `${subject}${SEPARATOR}${NOTHING_COMES.includes(code) ? 'nothing-comes' : code}`;
}

function isOver({ overSinceMs }: Bout, nowMs: number): boolean {
  return overSinceMs !== null && nowMs - overSinceMs >= OVER_MS;
}

function isNews(bout: Bout | undefined, { severity }: Alarm): boolean {
  return bout === undefined || (severity === 'critical' && bout.severity === 'warning');
}

interface Placed {
  readonly place: string;
  readonly alarm: Alarm;
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

/** All alarms there are; of a stream whose reasons nobody tells, its health is one. */
function alarmsOf({ list, troubles }: Picture): readonly Placed[] {
  const ofFleet = troubles.flatMap((trouble): Placed[] => {
    if (trouble.code === 'host-load') {
      const subject = hostPlace(trouble.host);
      return trouble.loads.map((load) => ({
        place: subject,
        alarm: {
          kind: 'fleet',
          subject,
          code: load.mount === null ? load.kind : `${load.kind} ${load.mount}`,
          severity: load.severity,
          trouble: { ...trouble, loads: [load], severity: load.severity },
        },
      }));
    }
    // That nothing was heard for half a minute is said on the page; it becomes an alarm when it lasts.
    if (trouble.code === 'no-data' && trouble.severity === 'warning') return [];
    const subject = serverPlace(trouble.server);
    const code = trouble.code === 'told' ? trouble.reason.code : trouble.code;
    return [{ place: subject, alarm: { kind: 'fleet', subject, code, severity: trouble.severity, trouble } }];
  });
  const ofStreams = list.filter(needsAttention).flatMap((listed): Placed[] => {
    const place = serverPlace(listed.stream.server);
    const subject = streamSubject(listed.key);
    if (listed.reasons.length === 0) {
      const severity = listed.health === 'critical' ? 'critical' : 'warning';
      return [{ place, alarm: { kind: 'stream', subject, code: '', severity, listed, reason: undefined } }];
    }
    const reasons = worstFirst([
      ...listed.reasons.filter(({ code }) => code !== REPEATED),
      ...listed.reasons.filter(({ code }) => code === REPEATED),
    ]);
    return reasons.map((reason) => ({
      place,
      alarm: { kind: 'stream', subject, code: reason.code, severity: reason.severity, listed, reason },
    }));
  });
  // Of what is equally bad, hosts come last.
  return [...ofFleet.filter((one) => !isOfHost(one)), ...ofStreams, ...ofFleet.filter(isOfHost)];
}

function isOfHost({ alarm }: Placed): boolean {
  return alarm.kind === 'fleet' && alarm.trouble.code === 'host-load';
}

function unknownSubjects({ list, silentServers, silentHosts }: Picture): ReadonlySet<string> {
  return new Set([
    ...silentServers.map(serverPlace),
    ...silentHosts.map(hostPlace),
    ...list.flatMap(({ key, health }) => (health === 'unknown' ? [streamSubject(key)] : [])),
  ]);
}
