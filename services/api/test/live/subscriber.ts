import { PassThrough } from 'node:stream';
import { expect } from '@jest/globals';
import { connectionRecord, eventually } from '@mediamtx-monitor/testkit';
import { Guard } from '../../src/http/guard.ts';
import { filterOf, type LiveFilter } from '../../src/live/filter.ts';
import { Outgoing, type Sink, Traffic } from '../../src/live/outgoing.ts';
import { ClientSubscription } from '../../src/live/subscription.ts';
import type { ServerLabels } from '@mediamtx-monitor/types';
import type { Feed } from '../../src/feed/index.ts';
import type { Message, Waiter } from '../../src/tick/index.ts';
import { createLines, startFeed } from '../bench.ts';
import { headOf, type TestPublisher, streamOf } from '../publisher.ts';

interface Sent {
  readonly type: string;
  readonly events?: readonly unknown[];
  readonly server?: string;
  readonly host?: string;
  readonly seq?: number;
  readonly stale?: boolean;
  readonly streams?: readonly { readonly name: string }[];
  readonly connections?: readonly { readonly stream: string }[];
}

/** Takes messages when it may; `room` is how many more it takes. */
export class Taker implements Sink {
  readonly forgetsCursor = true;
  readonly sent: Sent[] = [];
  /** Of each message that was not made when it was to be written: whether it still waits. */
  readonly waits: (() => boolean)[] = [];
  /** Where it is in topics of events, as it was told last. */
  cursor = '';
  room = Infinity;
  isMade = true;

  get takesMore(): boolean {
    return this.room > 0;
  }

  bytesOf(message: Message, { isWaiting }: Waiter): Buffer | undefined {
    if (!this.isMade) this.waits.push(isWaiting);
    return this.isMade ? message.json() : undefined;
  }

  markOf(cursor: string): Buffer {
    this.cursor = cursor;
    return Buffer.alloc(0);
  }

  write(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.sent.push(JSON.parse(bytes.toString()) as Sent);
    this.room -= 1;
  }

  /** `main 5` for a tick, `main connections 5` for one of another topic, `main stale` for a status. */
  get short(): string[] {
    return this.sent.map(({ type, server, host, seq, stale }) => {
      const subject = server ?? `host ${host ?? ''}`;
      if (type === 'status') return `${subject} ${stale === true ? 'stale' : 'fresh'}`;
      return type === 'streams' ? `${subject} ${seq ?? ''}` : `${subject} ${type} ${seq ?? ''}`;
    });
  }
}

/** A subscription that writes to this sink, which has no connection below it. */
export function subscriptionOf(feed: Feed, sink: Sink) {
  const guard = new Guard(createLines().logger);
  const socket = new PassThrough();
  const traffic = new Traffic();
  const outgoing = new Outgoing(sink, traffic);
  return {
    subscription: new ClientSubscription({ feed, guard, socket, outgoing, traffic }),
    outgoing,
    traffic,
    guard,
    socket,
  };
}

/** Publishes ticks, and waits until the feed has them. */
export function publishing({ feed, publisher }: { readonly feed: Feed; readonly publisher: TestPublisher }) {
  const publish = async (server: string, seq: number, labels?: ServerLabels): Promise<void> => {
    const cameras = ['cam/1', 'cam/2', 'sport'];
    const records = cameras.map((stream) => connectionRecord({ stream }));
    const head = headOf({ server, seq, ...(labels && { labels }) });
    await publisher.publish(head, cameras.map(streamOf), records);
    await eventually(() => {
      expect(feed.servers.newest('connections', server)?.head?.seq).toBe(seq);
    });
  };
  return { publish };
}

/** A subscriber of a feed that has a tick of each of these servers. */
export async function subscribe(servers: readonly string[], asked: Partial<LiveFilter> = {}) {
  const bench = await startFeed();
  const { feed } = bench;
  const sink = new Taker();
  const { subscription, outgoing, traffic } = subscriptionOf(feed, sink);
  const filter = filterOf(asked);
  const begin = (): void => {
    subscription.begin(filter);
  };
  const { publish } = publishing(bench);
  for (const server of servers) await publish(server, 1);
  return { ...bench, subscription, begin, outgoing, sink, publish, skipped: () => traffic.skipped };
}
