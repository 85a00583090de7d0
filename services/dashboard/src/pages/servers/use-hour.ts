import type { HistoryAnswer } from '@mediamtx-monitor/types';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useDashboard } from '../../ui/context.ts';

const HOUR_MS = 3_600_000;
const AGAIN_MS = 60_000;
/** What is only scrolled past isn't asked for. */
const REST_MS = 300;

/** Whose hour is asked for; `null` = nobody's. */
export type HourSubject = { readonly server: string } | { readonly host: string } | null;

/**
 * How something was in the last hour: asked when its row has been in view for a moment, and then each minute while it is.
 * `undefined` until there is an answer, and while the last one failed.
 */
export function useHour(
  subject: HourSubject,
  fields: readonly string[],
  isInView: boolean,
): HistoryAnswer | undefined {
  const { api, now, monotonicMs } = useDashboard();
  const [answer, setAnswer] = useState<HistoryAnswer>();
  const askedMs = useRef(-Infinity);
  const key = JSON.stringify([subject, fields]);
  useEffect(() => {
    askedMs.current = -Infinity;
    setAnswer(undefined);
  }, [key]);
  useEffect(() => {
    if (!isInView || subject === null) return undefined;
    let isLeft = false;
    const take = (taken: HistoryAnswer | undefined): void => {
      if (!isLeft) setAnswer(taken);
    };
    const ask = (): void => {
      askedMs.current = monotonicMs();
      const from = new Date(now() - HOUR_MS).toISOString();
      api.history({ ...subject, fields, from }).then(take, () => {
        take(undefined);
      });
    };
    let again: ReturnType<typeof setInterval> | undefined;
    const first = setTimeout(
      () => {
        ask();
        again = setInterval(ask, AGAIN_MS);
      },
      Math.max(REST_MS, askedMs.current + AGAIN_MS - monotonicMs()),
    );
    return () => {
      isLeft = true;
      clearTimeout(first);
      clearInterval(again);
    };
  }, [key, isInView]);
  return answer;
}
