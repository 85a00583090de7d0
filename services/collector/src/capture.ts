import { type Clock, momentNow, packageVersion } from '@mediamtx-monitor/runtime';
import type { AddressPrivacy, RawSample, RawSnapshot } from '@mediamtx-monitor/types';
import { LIST_NAMES } from './protocols/index.ts';
import {
  type BudgetLimits,
  Budget,
  createListReader,
  createRequest,
  kindOf,
  ListAsker,
  type Trust,
} from './poll/index.ts';
import { documentOf, sampleOf } from './capture/index.ts';
import type { SourceConfig } from './source-config.ts';

/** What to capture, and how. */
export interface CaptureOptions {
  readonly mediamtx: Pick<SourceConfig, 'url' | 'credentials'> & { readonly trust?: Trust };
  readonly inContainer: boolean;
  readonly addresses: AddressPrivacy;
  readonly samples: number;
  readonly intervalSeconds: number;
  readonly clock: Clock;
  /** Waits so many ms. */
  readonly wait: (ms: number) => Promise<unknown>;
}

/** What the collector reads, and what it has no use for. */
const CAPTURED_LISTS: readonly string[] = [...LIST_NAMES, 'recordings'];
/** MediaMTX answers wrong credentials after up to 4 s; a person waits longer than a tick may. */
const TIMEOUT_MS = 30_000;
/** What all samples of a capture may hold together: it is one document, which has to fit into a text. */
const CAPTURE_LIMITS: BudgetLimits = { bytes: 192 * 1024 * 1024, values: 8_000_000, records: 1_000_000 };

/** Asks a server for all its lists, several times if wanted, and takes the secrets out. */
export async function takeCapture(options: CaptureOptions): Promise<RawSnapshot> {
  const { mediamtx, inContainer, addresses, clock, wait } = options;
  const { url, credentials, trust } = mediamtx;
  const readList = createListReader({
    server: { url, credentials: kindOf(credentials), inContainer },
    request: createRequest(url, credentials, clock.monotonicMs, trust),
    timeoutMs: TIMEOUT_MS,
  });
  const lists = new ListAsker({
    lists: CAPTURED_LISTS,
    readList,
    url,
    monotonicMs: clock.monotonicMs,
    timeoutMs: TIMEOUT_MS,
    roundMs: TIMEOUT_MS,
    asksAll: true,
  });
  const budget = new Budget(CAPTURE_LIMITS);
  const samples: RawSample[] = [];
  let simulated = false;
  for (let left = options.samples; left > 0; left -= 1) {
    const start = momentNow(clock);
    const outcomes = await lists.ask(budget);
    samples.push(sampleOf(outcomes, start));
    simulated ||= Object.values(outcomes).some((outcome) => outcome.kind === 'items' && outcome.simulated);
    const spentMs = clock.monotonicMs() - start.monotonicMs;
    if (left > 1) await wait(Math.max(0, options.intervalSeconds * 1_000 - spentMs));
  }
  return documentOf({
    monitorVersion: packageVersion(import.meta.url),
    nodeVersion: process.version,
    mediamtxUrl: url,
    simulated,
    addresses,
    samples,
  });
}
