import {
  ALERT_HEADS,
  HOST_HEADS,
  type KnownHead,
  parseHead,
  type ReadMoment,
  rejected,
  SERVER_HEADS,
} from '@mediamtx-monitor/runtime';
import type { AlertsHead, HostsHead, MessageHead, ServerTopic, TopicHead } from '@mediamtx-monitor/types';
import { isArray, type ParsedTick, parseMessage, Tick } from './tick.ts';

/**
 * What stands in Redis about one server or host. `same`: what stood there at the last look; `unusable`: what
 * nothing of ours is; `nothing`: its keys are gone.
 */
export type StoredValues<Values> =
  | { readonly subject: string; readonly kind: 'read'; readonly values: Values }
  | { readonly subject: string; readonly kind: 'unusable'; /** As in `is too long`. */ readonly why: string }
  | { readonly subject: string; readonly kind: 'same' | 'nothing' };

/** Values of a server's keys; arrays of those topics that were read. */
export interface ServerValues {
  readonly meta: Buffer | null;
  readonly arrays: ReadonlyMap<ServerTopic, Buffer | null>;
}

/** What is stored of one server or host: ticks, as far as their arrays were read. */
export interface StoredTicks<Head extends TopicHead> {
  readonly subject: string;
  /** Whether anything is stored. */
  readonly isThere: boolean;
  /** What is new since the last look. */
  readonly parsed: readonly ParsedTick<Head>[];
  /** The head, where it stands by itself. */
  readonly known?: KnownHead<Head>;
}

/** Makes ticks of what is stored of a server, as far as there is anything new. */
export function parseStoredServer(
  stored: StoredValues<ServerValues>,
  readAt: ReadMoment,
): StoredTicks<MessageHead> {
  return parseStored(stored, ({ meta, arrays }) => {
    const { subject } = stored;
    if (meta === null)
      return { parsed: [...arrays].flatMap((entry) => bareTick(subject, entry, readAt) ?? []) };
    const parsed = parseHead(SERVER_HEADS.streams, meta, subject);
    if ('rejection' in parsed) return { parsed: [parsed] };
    const { head } = parsed;
    if (head.server !== subject) {
      return { parsed: [rejected(subject, `its meta key is about server "${head.server}"`)] };
    }
    return {
      parsed: [...arrays].flatMap((entry) => tickOf({ head, json: meta }, entry, readAt) ?? []),
      known: { subject, head, receivedMs: null, readAt },
    };
  });
}

/** Makes a tick of what is stored of a host, if there is anything new. */
export function parseStoredHost(stored: StoredValues<Buffer>, readAt: ReadMoment): StoredTicks<HostsHead> {
  return parseStored(stored, (message) => {
    const parsed = parseMessage('hosts', HOST_HEADS, message, { receivedMs: null, readAt });
    if ('rejection' in parsed || parsed.tick.subject === stored.subject) return { parsed: [parsed] };
    return { parsed: [rejected(stored.subject, `its key is about host "${parsed.tick.subject}"`)] };
  });
}

/** Makes a tick of the alerts message that is stored, if there is anything new. */
export function parseStoredAlerts(stored: StoredValues<Buffer>, readAt: ReadMoment): StoredTicks<AlertsHead> {
  return parseStored(stored, (message) => ({
    parsed: [parseMessage('alerts', ALERT_HEADS, message, { receivedMs: null, readAt })],
  }));
}

function parseStored<Head extends TopicHead, Values>(
  stored: StoredValues<Values>,
  parse: (values: Values) => Pick<StoredTicks<Head>, 'parsed' | 'known'>,
): StoredTicks<Head> {
  const { subject, kind } = stored;
  switch (stored.kind) {
    case 'read':
      return { subject, isThere: true, ...parse(stored.values) };
    case 'unusable':
      return { subject, isThere: true, parsed: [rejected(subject, `a value of its keys ${stored.why}`)] };
    case 'same':
    case 'nothing':
      return { subject, isThere: kind === 'same', parsed: [] };
  }
}

/** An array of which nobody says who collected it; `undefined` where there is none. */
function bareTick(
  subject: string,
  [topic, array]: readonly [ServerTopic, Buffer | null],
  readAt: ReadMoment,
): ParsedTick<MessageHead> | undefined {
  if (array === null) return undefined;
  if (!isArray(array)) return noArray(subject, topic);
  return { tick: new Tick<MessageHead>({ topic, subject, head: null, array, receivedMs: null, readAt }) };
}

/** The tick of one topic; `undefined` where its server has none. */
function tickOf(
  { head: stored, json }: { readonly head: MessageHead; readonly json: Buffer },
  [topic, array]: readonly [ServerTopic, Buffer | null],
  readAt: ReadMoment,
): ParsedTick<MessageHead> | undefined {
  const subject = stored.server;
  if (array !== null && !isArray(array)) return noArray(subject, topic);
  // One head is stored for all topics of a tick: they differ in nothing but their type.
  const head = { ...stored, type: topic };
  const headJson = topic === 'streams' ? json : Buffer.from(JSON.stringify(head));
  // Before the first path list there is no array to store.
  const records = array ?? (head.collectedAt === null ? Buffer.from('[]') : null);
  if (records !== null) {
    return { tick: new Tick({ topic, subject, head, array: records, headJson, receivedMs: null, readAt }) };
  }
  // Of an older writer's server there may be streams only.
  return topic === 'streams' ? rejected(subject, `its key for "${topic}" is gone`) : undefined;
}

function noArray(subject: string, topic: ServerTopic): ParsedTick<MessageHead> {
  return rejected(subject, `its key for "${topic}" holds no JSON array`);
}
