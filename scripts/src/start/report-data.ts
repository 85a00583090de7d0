import { setTimeout as delay } from 'node:timers/promises';
import type { StartVerdict } from './verdict.ts';
import { verdictText } from './text.ts';

export interface ReportOptions {
  readonly look: () => Promise<StartVerdict>;
  readonly say: (line: string) => void;
  /** Said once, before the first finding: where to look and what to try. */
  readonly welcome: readonly string[];
  /** Ends the report. */
  readonly signal: AbortSignal;
  /** How long nothing is said of data that haven't come yet. */
  readonly patienceMs: number;
  readonly monotonicMs: () => number;
}

const LOOK_EVERY_MS = 300;

/**
 * Says when data flow, or why they don't, each reason once; resolves when they flow, when that can't be found out, or when
 * the signal aborts.
 */
export async function reportData(options: ReportOptions): Promise<void> {
  const { look, say, welcome, signal, patienceMs, monotonicMs } = options;
  const impatientAt = monotonicMs() + patienceMs;
  let said: string | null = null;
  for (;;) {
    const verdict = await look();
    if (signal.aborted) return;
    const text = verdictText(verdict);
    const worthSaying = verdict.kind !== 'waiting' || monotonicMs() >= impatientAt;
    if (worthSaying && text !== said) {
      if (said === null) welcome.forEach(say);
      say(text);
      said = text;
    }
    if (verdict.kind === 'flowing' || verdict.kind === 'guarded') return;
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}
