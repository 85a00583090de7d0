import type { Moment } from '@mediamtx-monitor/runtime';
import { type Health, HEALTHS } from '@mediamtx-monitor/types';
import { asFields, asText, asTimeMs, type Fields, parsedJson } from '../../fields.ts';
import { isoTime } from '../../samples.ts';
import { momentWrittenDown } from '../moment.ts';
import type { OpenSession } from './session.ts';
import { parseSession } from './session-record.ts';

/** What was told of a server itself. */
export interface ServerBaseline {
  /** When a collector looked last, whatever it saw. */
  readonly lookedAt: Moment;
  /** When the path list was read last; `null` = it never was. */
  readonly listedAt: Moment | null;
  /** Since when MediaMTX can't be read; `null` while it can. */
  readonly unreachableSince: Moment | null;
  /** When MediaMTX was started, as it says itself (RFC 3339, UTC); `null` where it doesn't. */
  readonly startedAt: string | null;
  /** Monotonic time at which this was written down last; -Infinity = it never was. */
  readonly writtenAtMs: number;
}

/** Whether a stream is on air as far as events tell; `off` = neither live nor stalled. */
export type ToldState = 'live' | 'stalled' | 'off';

/** What was told of a stream. One that isn't there is off, and well. */
export interface StreamBaseline {
  readonly state: ToldState;
  /** Since when it is, or was, live (RFC 3339, UTC); `null` = it never was. */
  readonly liveSince: string | null;
  /** When bytes came last of one that is stalled; when one that is off was first seen so; `null` while it is live. */
  readonly changedAt: Moment | null;
  /** Unknown is neither better nor worse: then this is as it was before. */
  readonly health: Exclude<Health, 'unknown'>;
  readonly sourceType: string | null;
  /** The entry in MediaMTX's configuration that it followed; `null` = not known. */
  readonly confName: string | null;
  /** Tells one run of its source from the next; `null` = not known. */
  readonly run: string | null;
}

/**
 * What the events of a server tell so far: what comes next is compared with it. It stands in Redis as a hash, each
 * subject in a field of its own, and is the same whether it was kept or read back, but for the monotonic times.
 */
export interface Baseline {
  /** `null` = nobody ever looked. */
  readonly server: ServerBaseline | null;
  /** By name. */
  readonly streams: ReadonlyMap<string, StreamBaseline>;
  /** Open sessions by id of the connection. */
  readonly sessions: ReadonlyMap<string, OpenSession>;
}

/** Nothing was ever told. */
export const NO_BASELINE: Baseline = { server: null, streams: new Map(), sessions: new Map() };

/** The fields of the hash, by subject. */
export const FIELD = {
  server: 'server',
  stream: (name: string): string => `stream ${name}`,
  connection: (id: string): string => `connection ${id}`,
};

const textOf = (moment: Moment | null): string | null => (moment === null ? null : isoTime(moment.wallMs));

/** What the field of a server says. */
export function serverText({ lookedAt, listedAt, unreachableSince, startedAt }: ServerBaseline): string {
  return JSON.stringify({
    lookedAt: textOf(lookedAt),
    listedAt: textOf(listedAt),
    unreachableSince: textOf(unreachableSince),
    startedAt,
  });
}

/** What the field of a stream says. */
export function streamText({ changedAt, ...told }: StreamBaseline): string {
  return JSON.stringify({ ...told, changedAt: textOf(changedAt) });
}

function momentIn(fields: Fields, name: string, now: Moment): Moment | null {
  const atMs = asTimeMs(fields[name]);
  return atMs === null ? null : momentWrittenDown(atMs, now);
}

function timeIn(fields: Fields, name: string): string | null {
  const atMs = asTimeMs(fields[name]);
  return atMs === null ? null : isoTime(atMs);
}

function parseServer(fields: Fields, now: Moment): ServerBaseline | null {
  const lookedAt = momentIn(fields, 'lookedAt', now);
  if (lookedAt === null) return null;
  return {
    lookedAt,
    listedAt: momentIn(fields, 'listedAt', now),
    unreachableSince: momentIn(fields, 'unreachableSince', now),
    startedAt: timeIn(fields, 'startedAt'),
    writtenAtMs: now.monotonicMs,
  };
}

const TOLD_STATES: readonly ToldState[] = ['live', 'stalled', 'off'];

function parseStream(fields: Fields, now: Moment): StreamBaseline | null {
  const state = TOLD_STATES.find((each) => each === fields['state']);
  const health = HEALTHS.find((each) => each === fields['health']);
  if (state === undefined || health === undefined || health === 'unknown') return null;
  return {
    state,
    liveSince: timeIn(fields, 'liveSince'),
    changedAt: momentIn(fields, 'changedAt', now),
    health,
    sourceType: asText(fields['sourceType']),
    confName: asText(fields['confName']),
    run: typeof fields['run'] === 'string' ? fields['run'] : null,
  };
}

/**
 * Reads a baseline back from its hash. What isn't ours, or can't be understood, counts as not there.
 * @param fields text by field
 */
export function parseBaseline(fields: ReadonlyMap<string, string>, now: Moment): Baseline {
  const ofServer = asFields(parsedJson(fields.get(FIELD.server) ?? ''));
  const server = ofServer === null ? null : parseServer(ofServer, now);
  const seenAt = server?.listedAt ?? now;
  const streams = new Map<string, StreamBaseline>();
  const sessions = new Map<string, OpenSession>();
  for (const [field, text] of fields) {
    const blank = field.indexOf(' ');
    const [kind, subject] = [field.slice(0, blank), field.slice(blank + 1)];
    const told = kind === 'stream' || kind === 'connection' ? asFields(parsedJson(text)) : null;
    if (told === null) continue;
    const stream = kind === 'stream' ? parseStream(told, now) : null;
    if (stream !== null) streams.set(subject, stream);
    const session = kind === 'connection' ? parseSession(subject, told, { seenAt, now }) : null;
    if (session !== null) sessions.set(subject, session);
  }
  return { server, streams, sessions };
}
