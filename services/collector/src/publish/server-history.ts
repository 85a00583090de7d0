import {
  HistoryWriter,
  type HistoryWriterOptions,
  type ObservedSubjects,
  observed,
  type Part,
} from '@mediamtx-monitor/runtime';
import type { ConnectionRecord, Health, Reason, Source, StreamRecord, Totals } from '@mediamtx-monitor/types';
import { LinkHistories } from './link-histories.ts';
import { isLive, StreamRoster } from './stream-roster.ts';

/** What of a snapshot history is made of. */
export interface RememberedSnapshot {
  readonly streams: readonly StreamRecord[];
  readonly connections: readonly ConnectionRecord[];
  readonly source: Pick<Source, 'status'>;
  readonly totals: Totals;
  readonly reasons: readonly Reason[];
}

export interface ServerHistoryOptions {
  readonly server: string;
  readonly intervalMs: number;
  readonly writer: HistoryWriter;
  readonly roster: StreamRoster;
}

/** Keeps the history of one server and its streams. */
export class ServerHistory implements Part {
  readonly name = 'history';
  readonly #options: ServerHistoryOptions;
  readonly #measures = new LinkHistories();
  #storing: Promise<void> | null = null;

  constructor(options: ServerHistoryOptions) {
    this.#options = options;
  }

  start(): void {
    this.#options.writer.start();
  }

  async stop(): Promise<void> {
    await this.#storing;
    await this.#options.writer.stop();
  }

  /** Takes in a tick; never throws, and never waits. */
  add(snapshot: RememberedSnapshot): void {
    const { server, intervalMs, writer, roster } = this.#options;
    const { nowMs } = writer;
    const linkOf = this.#measures.next(snapshot.connections, intervalMs / 1_000);
    const streams = nowMs === undefined ? [] : roster.admit(snapshot.streams, nowMs);
    writer.add(intervalMs, [
      [{ kind: 'streams', server }, streamsOf(streams, linkOf)],
      [{ kind: 'server', server }, serverOf(snapshot)],
    ]);
    if (nowMs === undefined) return;
    this.#storing ??= roster.store(nowMs).finally(() => {
      this.#storing = null;
    });
  }
}

/** What keeps the history of a server, of at most so many streams. */
export function createServerHistory({
  server,
  intervalMs,
  most,
  ...options
}: HistoryWriterOptions & Pick<ServerHistoryOptions, 'server' | 'intervalMs'> & { readonly most: number }) {
  const writer = new HistoryWriter(options);
  const { durable, names, logger } = options;
  const onEvicted = (name: string): void => {
    writer.forget({ kind: 'streams', server }, name);
  };
  const roster = new StreamRoster({ durable, names, server, logger, most, onEvicted });
  return new ServerHistory({ server, intervalMs, writer, roster });
}

function streamsOf(
  streams: readonly StreamRecord[],
  linkOf: ReturnType<LinkHistories['next']>,
): ObservedSubjects {
  return observed(
    'stream',
    streams.map((stream) => {
      const { name, state, health, inboundMbps, outboundMbps, readers } = stream;
      const isOnAir = isLive(stream);
      const { rttP95Ms, lossPercent, discardsPerSecond } = linkOf(stream);
      // What isn't there brings nothing, and that is known. Named one by one: spreads are dear.
      const values = {
        inboundMbps: isOnAir ? inboundMbps : 0,
        outboundMbps: isOnAir ? outboundMbps : 0,
        readers,
        rttP95Ms,
        lossPercent,
        discardsPerSecond,
      };
      return { name, state, health, values };
    }),
  );
}

function serverOf({ source, totals, reasons }: RememberedSnapshot): ObservedSubjects {
  const { readers, inboundMbps, outboundMbps, states } = totals;
  const values = { liveStreams: states?.live ?? null, readers, inboundMbps, outboundMbps };
  return observed('server', [
    { name: '', state: source.status, health: worstHealth(totals, reasons), values },
  ]);
}

/** That of the worst of its streams, or its own. */
function worstHealth({ healths }: Totals, reasons: readonly Reason[]): Health {
  const has = (health: Health): boolean =>
    (healths?.[health] ?? 0) > 0 || reasons.some(({ severity }) => severity === health);
  return has('critical') ? 'critical' : has('warning') ? 'warning' : healths === null ? 'unknown' : 'ok';
}
