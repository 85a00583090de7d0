import type { Chosen, Feed } from '../feed/index.ts';
import { newestAlerts } from '../http/alerts.ts';
import { recordsOf } from '../http/servers.ts';
import type { KnownHead, RecordFields } from '../tick/index.ts';
import type { StreamSelection } from './selection.ts';
import type { EntryLook, StreamLook } from './state-now.ts';
import type { StatusEntry } from './status-file.ts';

/** A server as a look found it. */
interface ServerLook {
  readonly server: string;
  /** Whether it is known how its streams are. */
  readonly isFresh: boolean;
  /** When what is known of it was published (Unix time in ms); `null` = not known. */
  readonly publishedMs: number | null;
  readonly isGone: boolean;
  readonly byName: ReadonlyMap<string, StreamLook>;
}

/** What an entry is made of now. */
export interface SeenEntry extends Omit<EntryLook, 'hasSchedule'> {
  /** Of each server that it is on, or may be, when that was published last (Unix time in ms). */
  readonly publishedMs: readonly (number | null)[];
  /** Whether nothing fresh is known of one of these. */
  readonly isStale: boolean;
}

/** How the whole fleet is at one moment, for all status pages. */
export class FleetLook {
  readonly #servers: readonly ServerLook[];
  readonly #maintained: ReadonlySet<string>;

  constructor(servers: readonly ServerLook[], maintained: ReadonlySet<string>) {
    this.#servers = servers;
    this.#maintained = maintained;
  }

  /** Looks at all that is known of some servers. Never rejects. */
  static async take(feed: Feed, { isChosen }: Chosen): Promise<FleetLook> {
    await feed.servers.current('streams', { isChosen });
    const servers = feed.servers.heads
      .filter(({ subject }) => isChosen(subject))
      .map((known) => serverLook(feed, known));
    return new FleetLook(servers, await maintainedBy(feed));
  }

  /** What there is of an entry. */
  entry({ servers }: StatusEntry, { name, selects }: StreamSelection): SeenEntry {
    const candidates = this.#servers.filter(({ server, isGone }) =>
      servers === null ? !isGone : servers.includes(server),
    );
    const found = candidates.map((each) => ({ each, streams: streamsOf(each, name, selects) }));
    const having = found.filter(({ streams }) => streams.length > 0).map(({ each }) => each);
    const isEach = candidates.length > 0 && candidates.length >= (servers?.length ?? 0);
    const concerned = having.length > 0 ? having : candidates;
    const streams = found.flatMap((one) => one.streams);
    return {
      streams,
      isWhole: isEach && candidates.every(({ isFresh }) => isFresh),
      isMaintained:
        concerned.some(({ server }) => this.#maintained.has(server)) ||
        streams.some((stream) => this.#maintained.has(`${stream.server}/${stream.name}`)),
      publishedMs: concerned.map(({ publishedMs }) => publishedMs),
      isStale: (having.length === 0 && !isEach) || concerned.some(({ isFresh }) => !isFresh),
    };
  }
}

/** Of one whose streams can't be read nobody knows how these are. */
function serverLook(feed: Feed, known: KnownHead): ServerLook {
  const { subject: server } = known;
  const tick = feed.servers.newest('streams', server);
  const { head } = tick ?? known;
  const isSilent = feed.isSilent(tick ?? known);
  const records = tick === undefined ? [] : recordsOf(tick, isSilent);
  const looks = records.flatMap((record) => streamLook(server, record));
  return {
    server,
    isFresh: !isSilent && tick?.hasData === true,
    publishedMs: head === null ? null : Date.parse(head.publishedAt),
    isGone: feed.servers.isGone(server),
    byName: new Map(looks.map((look) => [look.name, look])),
  };
}

function streamLook(server: string, record: RecordFields): StreamLook[] {
  const { name, state, health, expectedBy, onDemand } = record;
  if (typeof name !== 'string' || typeof state !== 'string') return [];
  const isExpected = typeof expectedBy === 'string';
  return [{ server, name, state, health: String(health), isExpected, isOnDemand: onDemand === true }];
}

function streamsOf(
  { server, byName }: ServerLook,
  name: string | null,
  selects: StreamSelection['selects'],
): readonly StreamLook[] {
  if (name === null) return [...byName.values()].filter((look) => selects(server, look.name));
  const look = byName.get(name);
  return look === undefined ? [] : [look];
}

/** Servers, and streams as `server/name`, of which nobody is told since their maintenance is planned. */
async function maintainedBy(feed: Feed): Promise<ReadonlySet<string>> {
  const tick = await newestAlerts(feed);
  if (tick?.head == null || feed.isSilent(tick)) return new Set();
  const silences = new Set(tick.head.silences.map(({ id }) => id));
  return new Set(
    tick.records.flatMap(({ state, silencedBy, subject }) => {
      const isPlanned = typeof silencedBy === 'string' && !silences.has(silencedBy);
      return isPlanned && state !== 'resolved' ? subjectKey(subject) : [];
    }),
  );
}

function subjectKey(subject: unknown): string[] {
  if (typeof subject !== 'object' || subject === null || !('server' in subject)) return [];
  const server = String(subject.server);
  return 'stream' in subject ? [`${server}/${String(subject.stream)}`] : [server];
}
