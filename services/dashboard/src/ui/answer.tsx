import type { MonitorApi } from '@mediamtx-monitor/client';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { asError, codeOf } from '../data/as-error.ts';
import { useDashboard } from './context.ts';

/** What came of a question to the API. */
export interface PageAnswer<T> {
  /** The last one to this question; it stays while the question is asked again. `undefined` until there is one. */
  readonly answer: T | undefined;
  /** What was against it the last time; `undefined` while nothing is known to be. */
  readonly error: Error | undefined;
  readonly askAgain: () => void;
}

interface KeptAnswer<T> {
  readonly key: string;
  readonly answer: T | undefined;
  readonly error: Error | undefined;
}

/**
 * Asks the API when something is shown, and again when the question is another.
 * @param key the question in short: answers to another one aren't shown
 */
export function useAnswer<T>(key: string, ask: (api: MonitorApi) => Promise<T>): PageAnswer<T> {
  const { api } = useDashboard();
  const [kept, setKept] = useState<KeptAnswer<T>>();
  const [times, setTimes] = useState(0);
  useEffect(() => {
    let isLeft = false;
    ask(api).then(
      (answer) => {
        if (!isLeft) setKept({ key, answer, error: undefined });
      },
      (error: unknown) => {
        const known = asError(error);
        if (!isLeft)
          setKept((before) => ({
            key,
            answer: before?.key === key ? before.answer : undefined,
            error: known,
          }));
      },
    );
    return () => {
      isLeft = true;
    };
  }, [key, times]);
  const askAgain = useCallback(() => {
    setTimes((before) => before + 1);
  }, []);
  const { answer, error } = kept?.key === key ? kept : { answer: undefined, error: undefined };
  return { answer, error, askAgain };
}

/** That the API didn't answer, what it says, and another try. */
export function NoAnswer({
  error,
  askAgain,
}: Pick<PageAnswer<unknown>, 'askAgain'> & { readonly error: Error }) {
  const { texts, allTexts } = useDashboard();
  const { noAnswer } = texts.value;
  const meanings: Readonly<Record<string, string>> = allTexts.value?.apiErrors ?? {};
  const code = codeOf(error) ?? '';
  const meaning = Object.hasOwn(meanings, code) ? meanings[code] : undefined;
  return (
    <div class="no-answer" role="alert">
      <p>{noAnswer.title}</p>
      {meaning !== undefined && <p>{meaning}</p>}
      <p class="muted" lang="en">
        {error.message}
      </p>
      <button type="button" class="button" onClick={askAgain}>
        {noAnswer.again}
      </button>
    </div>
  );
}
