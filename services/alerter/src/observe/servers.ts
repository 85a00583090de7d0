import { setImmediate as breath } from 'node:timers/promises';
import {
  listServers,
  parseHead,
  readBounded,
  readBoundedFields,
  type ReadMoment,
  rejected,
  silenceAbout,
  STREAMS_HEAD,
} from '@mediamtx-monitor/runtime';
import {
  type AttentionStream,
  MAX_HEAD_BYTES,
  MAX_MESSAGE_BYTES,
  MAX_SUBJECTS,
  type ServerLabels,
  serverReasons,
  type StreamsHead,
} from '@mediamtx-monitor/types';
import type { IllSubject } from '../model.ts';
import { type FollowedHead, FollowedHeads, type LiveSource } from './followed-heads.ts';
import { heldMs, heldReasons } from './held.ts';
import { needsArray, parseStreams, type StreamSight, streamSight, UNSEEN } from './stream-sight.ts';

/** What is seen of a server. */
export interface ServerSight {
  /** What is wrong with the server itself; `null` = nothing. */
  readonly ill: IllSubject | null;
  /** Whether new heads of it come. */
  readonly isFresh: boolean;
  readonly streams: StreamSight;
  /** As its newest head tells them. */
  readonly labels: ServerLabels;
}

/** More servers are listed in Redis than are possible. */
export class TooManyError extends Error {
  readonly code = 'too-many-servers';
}

/** So many heads are read with one command: each may be long. */
const HEADS_AT_ONCE = 20;
/** Heads longer than that are parsed one a turn of the event loop. */
const LONG_HEAD_BYTES = 65_536;

/** Reads the heads of all servers, and the streams of those whose head leaves some out. */
export class ServerWatch {
  readonly #source: LiveSource;
  readonly #heads: FollowedHeads<StreamsHead>;
  readonly #streams = new Map<string, StreamSight>();

  constructor(source: LiveSource) {
    this.#source = source;
    this.#heads = new FollowedHeads({ ...source, kind: 'server', parse: parseServer });
  }

  /** Looks at Redis. Rejects when it doesn't answer. */
  async read(readAt: ReadMoment): Promise<void> {
    const { redis, names } = this.#source;
    const { ids, count } = await listServers(redis, names);
    if (count > MAX_SUBJECTS) {
      throw new TooManyError(`there are ${count}, and at most ${MAX_SUBJECTS} are possible`);
    }
    const listed = new Set(ids);
    this.#heads.keepOnly(listed);
    for (const server of this.#streams.keys()) if (!listed.has(server)) this.#streams.delete(server);
    for (let start = 0; start < ids.length; start += HEADS_AT_ONCE) {
      const some = ids.slice(start, start + HEADS_AT_ONCE);
      const values = await readBoundedFields(redis, names.servers, some, MAX_HEAD_BYTES);
      for (const [place, server] of some.entries()) {
        const bytes = values[place] ?? null;
        if (bytes === null) continue;
        const head = this.#heads.take(server, bytes, readAt);
        if (head === null) continue;
        // Should Redis go now, nothing is known of them.
        this.#streams.set(server, UNSEEN);
        const streams = needsArray(head) ? await this.#readStreams(server) : null;
        this.#streams.set(server, streamSight(head, streams));
        if (bytes.length > LONG_HEAD_BYTES) await breath();
      }
    }
  }

  /** What is seen of each server now. */
  now(): ReadonlyMap<string, ServerSight> {
    return new Map(this.#heads.now().map((followed) => [followed.head.server, this.#sightOf(followed)]));
  }

  #sightOf(followed: FollowedHead<StreamsHead>): ServerSight {
    const { known, head, isFresh, isGone, waitedMs } = followed;
    const { labels = {} } = head;
    const streams = isFresh ? (this.#streams.get(head.server) ?? UNSEEN) : UNSEEN;
    // Of a server that is gone nobody is told for ever; ADR 9.
    if (isGone) return { ill: null, isFresh, streams, labels };
    const reasons = heldReasons(
      serverReasons(head, silenceAbout(known, this.#source.clock)),
      head.publishedAt,
    ).map((reason) => {
      if (reason.code === 'no-data') return { ...reason, heldMs: heldMs(waitedMs) };
      if (reason.code !== 'server-unreachable') return reason;
      // Why it can't be read stands beside its reasons, before what may be done about it where it never could.
      return { ...reason, detail: reason.detail ?? head.source.error?.split(/[:.]\s/, 1)[0] ?? null };
    });
    const subject = { kind: 'server', server: head.server } as const;
    const { simulated } = head;
    return { ill: reasons.length === 0 ? null : { subject, reasons, simulated }, isFresh, streams, labels };
  }

  /** `null` where the array can't be used. Rejects when Redis doesn't answer. */
  async #readStreams(server: string): Promise<readonly AttentionStream[] | null> {
    const { redis, names } = this.#source;
    const { values } = await readBounded(redis, [names.latest('streams', server)], MAX_MESSAGE_BYTES);
    const [array = null] = values;
    return array === null ? null : parseStreams(array);
  }
}

function parseServer(bytes: Buffer, server: string) {
  const parsed = parseHead(STREAMS_HEAD, bytes, server);
  if ('rejection' in parsed || parsed.head.server === server) return parsed;
  return rejected(server, `it is about server "${parsed.head.server}"`);
}
