import { createLogRecorder, eventually, type LogRecorder } from '@mediamtx-monitor/testkit';
import { type DeliveryOptions, TargetDelivery } from '../../src/deliver/index.ts';
import type { TargetFiring } from '../../src/delivery-port.ts';
import type { Queued, Target, TargetMessage, TryResult } from '../../src/model.ts';
import { AT } from './messages.ts';

export const DASHBOARD = 'https://monitor.example.com/';

/** A message as it stands in a queue. */
export function queued(message: TargetMessage): Queued {
  return { message, isReplay: false, queuedAtMs: 0, tries: 0, nextTryAtMs: 0 };
}

/** A delivery of a test: its wall clock stands at the time at which the messages of tests were made. */
export function createDelivery(change: Partial<DeliveryOptions> = {}): {
  readonly delivery: TargetDelivery;
  readonly log: LogRecorder;
} {
  const log = createLogRecorder();
  const delivery = new TargetDelivery({
    logger: log.logger,
    wallMs: () => Date.parse(AT),
    dashboardUrl: DASHBOARD,
    ...change,
  });
  return { delivery, log };
}

/** Waits for so many results. */
export async function resultsOf(delivery: TargetDelivery, count = 1): Promise<readonly TryResult[]> {
  const results: TryResult[] = [];
  await eventually(() => {
    results.push(...delivery.takeResults());
    if (results.length < count) throw new Error(`${results.length} of ${count} results`);
  });
  return results;
}

/** How one try goes. */
export async function tried(
  target: Target,
  message: TargetMessage,
  { firing = [], ended = [], ...change }: Partial<DeliveryOptions> & Partial<TargetFiring> = {},
): Promise<TryResult> {
  const { delivery } = createDelivery(change);
  delivery.offer([{ target, queued: queued(message) }], () => ({ firing, ended }));
  const [result] = await resultsOf(delivery);
  delivery.stop();
  if (result === undefined) throw new Error('no result');
  return result;
}
