import type { HistorySubject } from '@mediamtx-monitor/types';
import type { Reader, ReadTurns } from '../feed/index.ts';
import type { HistoryQuestion, HistoryResult, HistorySource } from './history.ts';

/** Where history is kept, for those who ask for it: whatever is looked for there takes its turn. */
export class HistoryReads {
  readonly #source: HistorySource;
  readonly #turns: ReadTurns;

  constructor(source: HistorySource, turns: ReadTurns) {
    this.#source = source;
    this.#turns = turns;
  }

  /** As that of the source. */
  nowMs(): Promise<number> {
    return this.#source.nowMs();
  }

  /** As that of the source. */
  finestStepSeconds(agoSeconds: number): number {
    return this.#source.finestStepSeconds(agoSeconds);
  }

  /** As that of the source. @throws {BusyError} */
  serversWith(stream: string, servers: readonly string[], reader: Reader): Promise<readonly string[]> {
    return this.#turns.take(reader, () => this.#source.serversWith(stream, servers, reader.signal));
  }

  /** As that of the source. @throws {BusyError} */
  isKept(subject: Exclude<HistorySubject, { readonly kind: 'stream' }>, reader: Reader): Promise<boolean> {
    return this.#turns.take(reader, () => this.#source.isKept(subject, reader.signal));
  }

  /** As that of the source. @throws {BusyError} */
  read(question: HistoryQuestion, reader: Reader): Promise<HistoryResult> {
    return this.#turns.take(reader, () => this.#source.read(question, reader.signal));
  }
}
