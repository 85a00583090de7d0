import { useEffect, useRef } from 'preact/hooks';
import { type MessageOutcome, deliveryOf } from '../../model/deliveries.ts';
import { type PageAnswer, useAnswer } from '../../ui/answer.tsx';
import { useDashboard } from '../../ui/context.ts';

/** What was given up longer ago isn't shown. */
const KEPT_MS = 7 * 86_400_000;
const MAX_KEPT = 2_000;
/** While somebody waits for what comes of a message, it is looked for as often. */
const LOOK_MS = 2_000;

/** What became of messages of the last days, in order. @param isWaiting whether something is about to come of one */
export function useDeliveries(isWaiting: boolean): PageAnswer<readonly MessageOutcome[]> {
  const { now } = useDashboard();
  const known = useRef<readonly MessageOutcome[]>([]);
  const answer = useAnswer('deliveries', async (api) => {
    const since = known.current.at(-1)?.id ?? new Date(now() - KEPT_MS).toISOString();
    const found: MessageOutcome[] = [];
    for await (const entry of api.notifications({ since })) found.push(deliveryOf(entry));
    known.current = [...known.current, ...found].slice(-MAX_KEPT);
    return known.current;
  });
  const { askAgain } = answer;
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(askAgain, LOOK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [isWaiting]);
  return answer;
}
