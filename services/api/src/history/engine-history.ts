import { type Clock, RedisAwayError } from '@mediamtx-monitor/runtime';
import type { HistoryQuestion, HistoryResult, HistorySource } from '../http/history.ts';
import type { Engine } from './engine.ts';
import { fieldsIn, labelsIn } from './engine-answer.ts';
import { queriesFor, type Scraped, seriesOf, streamsNamed } from './promql.ts';

export interface EngineHistoryOptions {
  readonly engine: Pick<Engine, 'ask'>;
  readonly scraped: Scraped;
  /** Has every tick of the last minutes. */
  readonly ticks: HistorySource;
  readonly clock: Pick<Clock, 'monotonicMs' | 'wallMs'>;
}

const MS_PER_SECOND = 1_000;
/**
 * In steps that are shorter than a minute VictoriaMetrics goes on for 30 s with what was before: other samples may still
 * be on their way. What of it is true can't be told; so much and a little more doesn't count, of any engine.
 */
const SETTLED_STEP_MS = 60_000;
const UNSETTLED_MS = 35_000;

/**
 * History as an engine keeps what it scrapes of `/metrics/streams`. Steps that are finer than its scrapes come from
 * where every tick is kept, as far as that goes.
 */
export class EngineHistory implements HistorySource {
  readonly #options: EngineHistoryOptions;

  constructor(options: EngineHistoryOptions) {
    this.#options = options;
  }

  /** Where Redis can't tell, this machine's clock does: engines date by theirs. */
  async nowMs(): Promise<number> {
    const { ticks, clock } = this.#options;
    try {
      return await ticks.nowMs();
    } catch (error) {
      if (!(error instanceof RedisAwayError)) throw error;
      return clock.wallMs();
    }
  }

  finestStepSeconds(agoSeconds: number): number {
    const { ticks, scraped } = this.#options;
    return Math.min(ticks.finestStepSeconds(agoSeconds), scraped.everySeconds);
  }

  async serversWith(
    stream: string,
    servers: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const found = await this.#series(streamsNamed(stream, this.#options.scraped), signal);
    const owners = new Set(found.map(({ server }) => server));
    return servers.filter((server) => owners.has(server));
  }

  async isKept(subject: Parameters<HistorySource['isKept']>[0], signal: AbortSignal): Promise<boolean> {
    const { scraped, ticks } = this.#options;
    if (await ticks.isKept(subject, signal)) return true;
    return (await this.#series(seriesOf(subject, scraped), signal)).length > 0;
  }

  async read(question: HistoryQuestion, signal: AbortSignal): Promise<HistoryResult> {
    const { scraped, ticks, clock } = this.#options;
    if (question.stepSeconds < scraped.everySeconds) return ticks.read(question, signal);
    const isShort = question.stepSeconds * MS_PER_SECOND < SETTLED_STEP_MS;
    const settledMs = isShort ? clock.wallMs() - UNSETTLED_MS : Infinity;
    const queries = queriesFor(question, scraped);
    const data = await this.#askAll(
      question,
      queries.map(({ promql }) => promql),
      signal,
    );
    const startMs = clock.monotonicMs();
    const fields = fieldsIn({ ...question, settledMs }, queries, data);
    return { fields, workMs: clock.monotonicMs() - startMs };
  }

  /** Labels of the series that there ever were. */
  async #series(match: string, signal: AbortSignal): Promise<ReturnType<typeof labelsIn>> {
    const { engine, clock } = this.#options;
    const form = { 'match[]': match, start: '0', end: seconds(clock.wallMs()) };
    return labelsIn(await engine.ask('series', form, signal));
  }

  /** Asks for one point of each step: at its end, of what came since its beginning. Where one fails, no other is waited for. */
  async #askAll(
    { fromMs, toMs, stepSeconds }: HistoryQuestion,
    queries: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly unknown[]> {
    const failed = new AbortController();
    const form = {
      start: seconds(fromMs + stepSeconds * MS_PER_SECOND),
      end: seconds(toMs),
      step: String(stepSeconds),
    };
    const either = AbortSignal.any([signal, failed.signal]);
    try {
      return await Promise.all(
        queries.map((query) => this.#options.engine.ask('query_range', { ...form, query }, either)),
      );
    } finally {
      failed.abort();
    }
  }
}

const seconds = (ms: number): string => String(ms / MS_PER_SECOND);
