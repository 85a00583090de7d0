import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { asError } from '../../data/as-error.ts';
import type { KnownEvents } from '../../model/event-pages.ts';
import { storiesOf } from '../../model/stories.ts';
import type { Story } from '../../model/story.ts';
import { chosenStories, type EventQuestion, type StoryChoice } from '../../model/story-choice.ts';
import { useDashboard } from '../../ui/context.ts';
import { StoryReader, type ReadEvents } from './story-reader.ts';

/** It is asked so often what has happened since. */
const REFRESH_MS = 5_000;

/** Stories as far as they are known, and how to get to know more. */
export interface ShownStories {
  /** `undefined` until there is an answer. */
  readonly read: ReadEvents | undefined;
  /** Those that are wanted, the newest first. */
  readonly stories: readonly Story[];
  readonly error: Error | undefined;
  readonly isAsking: boolean;
  readonly older: () => void;
  readonly newer: () => void;
  readonly askAgain: () => void;
}

interface KeptStories {
  readonly key: string;
  readonly read?: ReadEvents;
  readonly error?: Error;
}

/** @param atMs the moment that is looked at, Unix ms; `null` for now */
export function useStories(
  questions: readonly EventQuestion[],
  choice: StoryChoice,
  atMs: number | null,
): ShownStories {
  const { api, now } = useDashboard();
  const [kept, setKept] = useState<KeptStories>({ key: '' });
  const [isAsking, setAsking] = useState(false);
  const [times, setTimes] = useState(0);
  const wanted = useRef(choice);
  wanted.current = choice;
  const key = JSON.stringify([questions, atMs, times]);
  const asker = useRef<(ask: (reader: StoryReader) => Promise<ReadEvents>) => void>(() => undefined);
  const isLive = useRef(false);

  useEffect(() => {
    let isLeft = false;
    let waiting = 0;
    let turn = Promise.resolve();
    const count = (known: KnownEvents): number =>
      chosenStories(storiesOf(known.events), wanted.current).length;
    const reader = new StoryReader(questions, atMs, { api, now, count });
    const ask = async (how: (reader: StoryReader) => Promise<ReadEvents>): Promise<void> => {
      try {
        const read = await how(reader);
        if (!isLeft) setKept({ key, read });
      } catch (reason: unknown) {
        const error = asError(reason);
        if (!isLeft) setKept((before) => ({ ...(before.key === key ? before : { key }), error }));
      }
    };
    /** One after the other, since each goes on from what is known. */
    const inTurn = (how: (reader: StoryReader) => Promise<ReadEvents>): void => {
      waiting += 1;
      turn = turn.then(async () => {
        if (!isLeft) await ask(how);
        waiting -= 1;
        if (!isLeft && waiting === 0) setAsking(false);
      });
    };
    asker.current = (how) => {
      setAsking(true);
      inTurn(how);
    };
    inTurn((one) => one.start());
    const timer = setInterval(() => {
      if (isLive.current && waiting === 0 && !document.hidden) inTurn((one) => one.newer());
    }, REFRESH_MS);
    return () => {
      isLeft = true;
      clearInterval(timer);
    };
  }, [key]);

  const { read, error } = kept.key === key ? kept : { read: undefined, error: undefined };
  isLive.current = read?.hasNewer === false;
  const all = useMemo(() => storiesOf(read?.events ?? []), [read?.events]);
  const stories = useMemo(() => chosenStories(all, choice), [all, JSON.stringify(choice)]);
  return {
    read,
    stories,
    error,
    isAsking,
    older: () => {
      asker.current((reader) => reader.older());
    },
    newer: () => {
      asker.current((reader) => reader.newer());
    },
    askAgain: () => {
      setTimes((before) => before + 1);
    },
  };
}
