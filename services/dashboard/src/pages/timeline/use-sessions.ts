import type { KeptPage, SessionsQuery } from '@mediamtx-monitor/client';
import type { SessionRecord } from '@mediamtx-monitor/types';
import { useEffect, useState } from 'preact/hooks';
import { asError } from '../../data/as-error.ts';
import { type PageAnswer, useAnswer } from '../../ui/answer.tsx';
import { useDashboard } from '../../ui/context.ts';

/** So often it is asked who is there now, as long as nobody has gone further back. */
const REFRESH_MS = 15_000;

/** Which sessions are wanted. */
export type SessionQuestion = Omit<SessionsQuery, 'onTrimmed'>;

/** Sessions as far as they are known. */
export interface ShownSessions extends Omit<PageAnswer<unknown>, 'answer'> {
  /** The newest first: open ones, then those that ended last; `undefined` until there is an answer. */
  readonly sessions: readonly SessionRecord[] | undefined;
  readonly hasOlder: boolean;
  readonly older: () => void;
}

/** @param limit so many at once */
export function useSessions(question: SessionQuestion, limit: number): ShownSessions {
  const { api } = useDashboard();
  const key = JSON.stringify([question, limit]);
  const { since, ...asked } = question;
  // Of open ones alone the first to begin come first.
  const isForwards = asked.state === 'open';
  const { answer, error, askAgain } = useAnswer(key, (of) => of.sessionsPage({ ...asked, limit }));
  const [before, setBefore] = useState<{
    readonly key: string;
    readonly pages: readonly KeptPage<SessionRecord>[];
  }>({
    key,
    pages: [],
  });
  const [olderError, setOlderError] = useState<Error>();
  const pages = [...(answer === undefined ? [] : [answer]), ...(before.key === key ? before.pages : [])];
  const isFirst = pages.length < 2;

  useEffect(() => {
    if (!isFirst) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) askAgain();
    }, REFRESH_MS);
    return () => {
      clearInterval(timer);
    };
  }, [key, isFirst]);

  const last = pages.at(-1);
  const isPast =
    since !== undefined && pages.some(({ items }) => items.some((one) => endsBefore(one, since)));
  const hasOlder = !isPast && last?.more === true && (isForwards || last.previous !== null);
  const older = (): void => {
    if (last === undefined || !hasOlder) return;
    setOlderError(undefined);
    const place = isForwards ? { since: last.next } : { until: last.previous ?? '' };
    api.sessionsPage({ ...asked, limit, ...place }).then(
      (page) => {
        setBefore((known) => ({ key, pages: [...(known.key === key ? known.pages : []), page] }));
      },
      (reason: unknown) => {
        setOlderError(asError(reason));
      },
    );
  };
  return {
    sessions:
      answer &&
      pages
        .flatMap(({ items }) => (isForwards ? items : items.toReversed()))
        .filter((one) => since === undefined || !endsBefore(one, since)),
    hasOlder,
    error: error ?? olderError,
    askAgain,
    older,
  };
}

/** Backwards it is asked up to a time only; here is where it begins. */
function endsBefore({ end }: SessionRecord, since: string): boolean {
  return end !== null && Date.parse(end) < Date.parse(since);
}
