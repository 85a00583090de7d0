import type { HostsHead, MessageHead, ServerTopic, TopicHead } from '@mediamtx-monitor/types';
import {
  HOST_HEADS,
  isArray,
  type ParsedTick,
  parseHead,
  parseMessage,
  type ReadMoment,
  rejected,
  SERVER_HEADS,
  Tick,
} from './tick.ts';

/**
 * What stands in Redis about one server or host. `same`: what stood there at the last look; `too-long`: more than
 * anything of ours has; `nothing`: its keys are gone.
 */
export type StoredValues<Values> =
  | { readonly subject: string; readonly kind: 'read'; readonly values: Values }
  | { readonly subject: string; readonly kind: 'same' | 'too-long' | 'nothing' };

/** Values of a server's keys. */
export interface ServerValues {
  readonly meta: Buffer | null;
  readonly arrays: Readonly<Record<ServerTopic, Buffer | null>>;
}

/** The ticks that are stored of one server or host. */
export interface StoredTicks<Head extends TopicHead> {
  readonly subject: string;
  /** Whether anything is stored. */
  readonly isThere: boolean;
  /** What is new since the last look. */
  readonly parsed: readonly ParsedTick<Head>[];
}

/** Makes ticks of what is stored of a server, as far as there is anything new. */
export function parseStoredServer(
  stored: StoredValues<ServerValues>,
  readAt: ReadMoment,
): StoredTicks<MessageHead> {
  return parseStored(stored, (values) =>
    (['streams', 'connections'] as const).flatMap(
      (topic) => parseValues(topic, stored.subject, values, readAt) ?? [],
    ),
  );
}

/** Makes a tick of what is stored of a host, if there is anything new. */
export function parseStoredHost(stored: StoredValues<Buffer>, readAt: ReadMoment): StoredTicks<HostsHead> {
  return parseStored(stored, (message) => {
    const parsed = parseMessage('hosts', HOST_HEADS, message, { receivedMs: null, readAt });
    if ('rejection' in parsed || parsed.tick.subject === stored.subject) return [parsed];
    return [rejected(stored.subject, `its key is about host "${parsed.tick.subject}"`)];
  });
}

function parseStored<Head extends TopicHead, Values>(
  stored: StoredValues<Values>,
  parse: (values: Values) => readonly ParsedTick<Head>[],
): StoredTicks<Head> {
  const { subject, kind } = stored;
  switch (kind) {
    case 'read':
      return { subject, isThere: true, parsed: parse(stored.values) };
    case 'too-long':
      return { subject, isThere: true, parsed: [rejected(subject, 'a value of its keys is too long')] };
    case 'same':
    case 'nothing':
      return { subject, isThere: kind === 'same', parsed: [] };
  }
}

function parseValues(
  topic: ServerTopic,
  server: string,
  { meta, arrays }: ServerValues,
  readAt: ReadMoment,
): ParsedTick<MessageHead> | undefined {
  const array = arrays[topic];
  const arrival = { receivedMs: null, readAt };
  if (array !== null && !isArray(array))
    return rejected(server, `its key for "${topic}" holds no JSON array`);
  if (meta === null) {
    return array === null
      ? undefined
      : { tick: new Tick<MessageHead>({ topic, subject: server, head: null, array, ...arrival }) };
  }
  const parsed = parseHead(SERVER_HEADS.streams, meta, server);
  if ('rejection' in parsed) return parsed;
  if (parsed.head.server !== server) {
    return rejected(server, `its meta key is about server "${parsed.head.server}"`);
  }
  // One head is stored for all topics of a tick: they differ in nothing but their type.
  const head = { ...parsed.head, type: topic };
  const headJson = topic === 'streams' ? meta : Buffer.from(JSON.stringify(head));
  // Before the first path list there is no array to store.
  const records = array ?? (head.collectedAt === null ? Buffer.from('[]') : null);
  if (records !== null) {
    return { tick: new Tick({ topic, subject: server, head, array: records, headJson, ...arrival }) };
  }
  // Of an older writer's server there may be streams only.
  return topic === 'streams' ? rejected(server, `its key for "${topic}" is gone`) : undefined;
}
