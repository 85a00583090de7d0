import { asError, type Clock, errorText, type Logger, type TickOutcome } from '@mediamtx-monitor/runtime';
import { judgeHost } from '@mediamtx-monitor/model';
import type { HostRecord, Reason } from '@mediamtx-monitor/types';
import { deriveHost, type HostFacts } from './host.ts';

/** The stages of a tick, each already wired to its edge. */
export interface HostAgentOptions {
  /** Host id. */
  readonly host: string;
  /** Looks at the host. Never rejects. */
  readonly read: () => Promise<HostFacts>;
  /** Publishes a record of that Unix time. Rejects when Redis didn't take it. */
  readonly publish: (record: HostRecord, collectedAtMs: number) => Promise<TickOutcome>;
  /** Takes in a record for the host's history. Never throws. */
  readonly remember: (record: HostRecord) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** One host's agent: what was seen last, and what became of it. */
export class HostAgent {
  readonly #options: HostAgentOptions;
  #before: HostFacts | null = null;
  #reasons: readonly Reason[] = [];
  #outcome: TickOutcome | Error | null = null;
  #lastTickMs: number | null = null;
  /** What was logged last; `undefined` until the first tick is done. */
  #logged: string | null | undefined;

  constructor(options: HostAgentOptions) {
    this.#options = options;
  }

  /** Looks at the host, stores and publishes what it saw. Never rejects. */
  async tick(): Promise<void> {
    const { host, read, publish, remember, clock } = this.#options;
    const startedMs = clock.monotonicMs();
    const collectedAtMs = clock.wallMs();
    const now = await read();
    const derived = deriveHost(host, this.#before, now);
    const judged = judgeHost(derived, this.#reasons, new Date(collectedAtMs).toISOString());
    const record = { ...derived, ...judged };
    this.#before = now;
    this.#reasons = judged.reasons;
    this.#outcome = await publish(record, collectedAtMs).catch(asError);
    // Whoever else publishes this host keeps its history, too.
    if (this.#outcome !== 'superseded') remember(record);
    this.#log(this.#outcome);
    this.#lastTickMs = Math.round(clock.monotonicMs() - startedMs);
  }

  /** What the health port says of the last tick. */
  get facts(): { readonly published: TickOutcome | 'failed' | null; readonly lastTickMs: number | null } {
    const published = this.#outcome instanceof Error ? 'failed' : this.#outcome;
    return { published, lastTickMs: this.#lastTickMs };
  }

  /** How the last tick went, in one line for the operator. */
  get status(): string {
    const { host } = this.#options;
    return this.#outcome === null ? `looking at host ${host}` : statusText(this.#outcome, host);
  }

  /** Logs what changed from tick to tick, once a change. */
  #log(outcome: TickOutcome | Error): void {
    const { host, logger } = this.#options;
    const [last, now] = [this.#logged, failureText(outcome, host)];
    if (now === last) return;
    if (now !== null) logger.warn(statusText(outcome, host));
    else if (last === undefined) logger.info(statusText(outcome, host));
    else logger.info('host metrics are stored in Redis again');
    this.#logged = now;
  }
}

function statusText(outcome: TickOutcome | Error, host: string): string {
  const failure = failureText(outcome, host);
  return failure === null ? `host ${host} is stored in Redis` : `not stored: ${failure}`;
}

/** What a tick was not stored for; `null` when it was stored. */
function failureText(outcome: TickOutcome | Error, host: string): string | null {
  if (outcome === 'published') return null;
  if (outcome === 'late') return 'Redis got the message too late and left it out';
  if (outcome === 'superseded') {
    return `another agent publishes host ${host}: stop one, or give this machine another HOST_ID`;
  }
  return `Redis did not take the message: ${errorText(outcome)}`;
}
