import {
  listHosts,
  parseHead,
  readBounded,
  type ReadMoment,
  rejected,
  type Rejected,
} from '@mediamtx-monitor/runtime';
import { areReasons, type HostsHead, MAX_HOST_BYTES, type Reason } from '@mediamtx-monitor/types';
import { hostsHeadSchema } from '@mediamtx-monitor/types/schemas';
import type { IllSubject } from '../model.ts';
import { FollowedHeads, type LiveSource } from './followed-heads.ts';
import { heldReasons } from './held.ts';

/** A host's head, with what of its record is looked at. */
interface HostHead extends HostsHead {
  /** `null` = its agent can't tell. */
  readonly reasons: readonly Reason[] | null;
}

/** What is seen of a host. */
export interface HostSight {
  /** What is wrong with it; `null` = nothing, or nothing is known. */
  readonly ill: IllSubject | null;
  /** Whether it would be seen if something were wrong. */
  readonly isSeen: boolean;
}

/** Reads the newest records of all hosts. */
export class HostWatch {
  readonly #source: LiveSource;
  readonly #heads: FollowedHeads<HostHead>;

  constructor(source: LiveSource) {
    this.#source = source;
    this.#heads = new FollowedHeads({ ...source, kind: 'host', parse: parseHost });
  }

  /** Looks at Redis. Rejects when it doesn't answer. */
  async read(readAt: ReadMoment): Promise<void> {
    const { redis, names } = this.#source;
    const hosts = await listHosts(redis, names);
    this.#heads.keepOnly(new Set(hosts));
    const keys = hosts.map((host) => names.host(host));
    const { values } = await readBounded(redis, keys, MAX_HOST_BYTES);
    for (const [place, host] of hosts.entries()) {
      const bytes = values[place] ?? null;
      if (bytes !== null) this.#heads.take(host, bytes, readAt);
    }
  }

  /** What is seen of each host now. */
  now(): ReadonlyMap<string, HostSight> {
    return new Map(this.#heads.now().map(({ head, isFresh }) => [head.host, sightOf(head, isFresh)]));
  }
}

function sightOf({ host, reasons, publishedAt }: HostHead, isFresh: boolean): HostSight {
  if (!isFresh || reasons === null) return { ill: null, isSeen: false };
  const held = heldReasons(reasons, publishedAt);
  return { ill: held.length === 0 ? null : { subject: { kind: 'host', host }, reasons: held }, isSeen: true };
}

/** Of a message the head is checked, and of its record the reasons alone: nothing else is looked at. */
function parseHost(bytes: Buffer, host: string): { readonly head: HostHead } | Rejected {
  const parsed = parseHead<HostsHead & { readonly hosts?: unknown }>(hostsHeadSchema, bytes, host);
  if ('rejection' in parsed) return parsed;
  const { hosts, ...head } = parsed.head;
  if (head.host !== host) return rejected(host, `it is about host "${head.host}"`);
  const [record] = Array.isArray(hosts) ? (hosts as readonly unknown[]) : [];
  if (typeof record !== 'object' || record === null) return rejected(host, 'it has no record');
  const { reasons = null, health = null }: { reasons?: unknown; health?: unknown } = record;
  if (reasons !== null && !areReasons(reasons)) return rejected(host, 'its reasons are wrong');
  // Agents before 0.2 tell none; and while none of its shares is known, none says that it is well.
  return { head: { ...head, reasons: health === 'unknown' && reasons?.length === 0 ? null : reasons } };
}
