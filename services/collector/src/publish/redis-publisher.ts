import {
  arrayMarker,
  type Attention,
  type ConnectionRecord,
  DEFAULT_SERVER_ID,
  isSparse,
  MAX_MESSAGE_BYTES,
  MESSAGE_VERSION,
  type MessageHead,
  type RedisNames,
  type ServerTopic,
  type StreamRecord,
  type StreamsHead,
  type TickNumber,
} from '@mediamtx-monitor/types';
import {
  assertConnected,
  type ChannelMessage,
  type Clock,
  type JoinedMessage,
  readBounded,
  releasedHead,
  type TickOutcome,
  TickPublisher,
  type TickPublisherOptions,
} from '@mediamtx-monitor/runtime';
import { parseStored, type Stored } from './stored.ts';

/** What is to be published of a tick: heads without their numbering, and records. */
export interface Publication {
  readonly head: Omit<MessageHead, 'type' | 'v' | 'epoch' | 'seq' | 'publishedAt'>;
  /** What people call the server, and sort it by. */
  readonly about: Pick<StreamsHead, 'name' | 'labels'>;
  readonly attention: Attention | null;
  readonly streams: readonly StreamRecord[];
  readonly connections: readonly ConnectionRecord[];
  /** Connections that are gone and whose end isn't known to be stored; `null` = as it was. */
  readonly gone: readonly ConnectionRecord[] | null;
}

/** What became of a tick, and how large its messages are, in bytes. */
export interface PublishResult {
  readonly outcome: TickOutcome;
  readonly messageBytes: Readonly<Record<ServerTopic, number>>;
}

export interface RedisPublisherOptions extends Pick<
  TickPublisherOptions,
  'redis' | 'commandTimeoutMs' | 'role'
> {
  readonly names: RedisNames;
  readonly server: string;
  readonly clock: Clock;
}

/** What stands in Redis from before, and Redis's Unix time in ms when that was read. */
interface TimedStored extends Stored {
  readonly redisNowMs: number;
}

/** Stores and publishes the ticks of one server. */
export class RedisPublisher {
  readonly #options: RedisPublisherOptions;
  readonly #keys: Readonly<Record<'streams' | 'connections' | 'gone' | 'head', string>>;
  readonly #ticks: TickPublisher;
  #isPrepared = false;
  /** What its epoch was asked to be at least. */
  #begunAtLeast = 0;
  /** Those that stand in Redis; `null` = not known. */
  #gone: Publication['gone'] = null;

  constructor(options: RedisPublisherOptions) {
    const { redis, names, server, clock, commandTimeoutMs, role } = options;
    this.#options = options;
    this.#keys = {
      streams: names.latest('streams', server),
      connections: names.latest('connections', server),
      gone: names.connectionsGone(server),
      head: names.streamsMeta(server),
    };
    this.#ticks = new TickPublisher({ redis, clock, guard: this.#keys.head, commandTimeoutMs, role });
  }

  /** The epoch of its ticks; `null` until `prepare`. */
  get epoch(): number | null {
    return this.#ticks.epoch;
  }

  /** The server is ours; see `TickPublisher.hold`. */
  hold(...held: Parameters<TickPublisher['hold']>): void {
    this.#ticks.hold(...held);
    this.#isPrepared = false;
  }

  /**
   * Makes ready to publish, where that isn't done yet: chooses epoch and seq, and reads what stands in Redis; of a server
   * that is held nobody else changes it any more.
   * Resolves with what was stored, or `null` when nothing had to be done. Rejects while Redis is away.
   * @param atLeast what the epoch is to be at least: with a greater one than before it begins anew
   */
  async prepare(atLeast = 0): Promise<TimedStored | null> {
    const { epoch } = this.#ticks;
    if (this.#isPrepared && epoch !== null && atLeast <= Math.max(epoch, this.#begunAtLeast)) return null;
    const { redis } = this.#options;
    assertConnected(redis);
    const keys = this.#keys;
    const redisNowMs = await this.#ticks.begin(atLeast);
    this.#begunAtLeast = atLeast;
    const { values } = await readBounded(
      redis,
      [keys.head, keys.streams, keys.connections, keys.gone],
      MAX_MESSAGE_BYTES,
    );
    const [head = null, streams = null, connections = null, gone = null] = values.map(textOf);
    this.#isPrepared = true;
    return { ...parseStored(head, streams, connections, gone), redisNowMs };
  }

  /** Publishes a tick. `streamsJson` is its array of streams as JSON in UTF-8. Rejects when Redis didn't take it. */
  async publish(
    { head, about, attention, connections, gone }: Publication,
    streamsJson: Buffer,
  ): Promise<PublishResult> {
    const { names, server, clock } = this.#options;
    const keys = this.#keys;
    const number = this.#ticks.next();
    const nowMs = clock.wallMs();
    const commonHead = headJson(head, number, nowMs);
    const connectionsHead = headOfType('connections', commonHead);
    const forFollowers = JSON.stringify({ ...about, attention });
    const streamsHead = `${commonHead.slice(0, -1)},${forFollowers.slice(1)}`;
    const connectionsJson = Buffer.from(JSON.stringify(connections));
    const streamsMessage = { topic: 'streams', head: streamsHead, array: streamsJson } as const;
    const connectionsMessage = {
      topic: 'connections',
      head: connectionsHead,
      array: connectionsJson,
    } as const;
    const writes = {
      sets: [
        // Without a path list ever read, an array would say that there are no streams.
        ...(head.collectedAt === null ? [] : [{ key: keys.streams, value: streamsJson }]),
        { key: keys.connections, value: connectionsJson },
        ...(gone === null || gone === this.#gone ? [] : [{ key: keys.gone, value: JSON.stringify(gone) }]),
        { key: keys.head, value: this.#ticks.isFree ? releasedHead(streamsHead) : streamsHead },
      ],
      publishes: [streamsMessage, connectionsMessage].flatMap((message) => this.#onChannels(message)),
    };
    // Last: who has it and not the arrays knows that these were published before.
    const listed = {
      ...{ key: names.servers, field: server, head: streamsHead },
      ...{ channel: names.servers, message: headOfType('servers', streamsHead) },
    };
    const outcome = await this.#ticks.publish(number, writes, listed);
    if (outcome === 'published') this.#gone = gone;
    const messageBytes = { streams: bytesOf(streamsMessage), connections: bytesOf(connectionsMessage) };
    return { outcome, messageBytes };
  }

  /** On the server's own channel, and for readers of 0.2, which know no other and no cluster, on the plain one. */
  #onChannels(message: JoinedMessage & { readonly topic: ServerTopic }): readonly ChannelMessage[] {
    const { names, server } = this.#options;
    const { topic } = message;
    const own = { channel: names.channelOf(topic, server), message };
    if (server === DEFAULT_SERVER_ID || names.isCluster) return [own];
    return [own, { channel: names.channel(topic), message, unlessAlso: names.onlyMain(topic) }];
  }
}

function textOf(value: Buffer | null): string | null {
  return value === null || !isSparse(value) ? null : value.toString();
}

/** Size of a topic's message: the script puts the array in as the last member of the head. */
function bytesOf({ topic, head, array }: JoinedMessage & { readonly array: Buffer }): number {
  return Buffer.byteLength(head) + arrayMarker(topic).length - 1 + array.length;
}

/** What a streams message's head begins with. */
const STREAMS_TYPE = '{"type":"streams"';

/** The same head for a message of another type. */
function headOfType(type: 'connections' | 'servers', streamsHead: string): string {
  return `{"type":"${type}"${streamsHead.slice(STREAMS_TYPE.length)}`;
}

/** The head of a streams message as JSON, its members in the contract's order. */
function headJson(content: Publication['head'], { epoch, seq }: TickNumber, publishedAtMs: number): string {
  const {
    server,
    collectedAt,
    intervalMs,
    simulated,
    source,
    sourceError,
    missing,
    totals,
    reasons = [],
  } = content;
  const head: MessageHead = {
    type: 'streams',
    v: MESSAGE_VERSION,
    server,
    epoch,
    seq,
    collectedAt,
    publishedAt: new Date(publishedAtMs).toISOString(),
    intervalMs,
    simulated,
    source,
    ...(sourceError === undefined ? {} : { sourceError }),
    missing,
    totals,
    reasons,
  };
  return JSON.stringify(head);
}
