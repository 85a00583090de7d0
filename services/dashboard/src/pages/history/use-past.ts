import { useEffect, useState } from 'preact/hooks';
import { asError } from '../../data/as-error.ts';
import { useDashboard } from '../../ui/context.ts';
import { followPast, type KnownPast, type PastTime } from './past.ts';
import { type SpanEvents, NO_EVENTS, readEvents } from './past-events.ts';
import { type PastSubject, subjectKey } from './subject.ts';

/** What happened, and to whom and when that was asked. */
interface AskedEvents {
  readonly key: string;
  readonly known: SpanEvents;
}

const NOTHING: KnownPast = { answer: undefined, error: undefined };
/** How often it is asked what happened: all of it is read, so that of a long time seldom. */
const EVENTS_MS = 30_000;
const READS_PER_SPAN = 500;

function after(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs);
  return () => {
    clearTimeout(timer);
  };
}

function timeKey({ span, isOpen }: PastTime): string {
  return [span.fromMs, span.toMs, isOpen].join(' ');
}

/**
 * How some subjects were. What is known of another time isn't shown.
 * @returns what is known of each, and how to ask again
 */
export function usePast(
  subjects: readonly PastSubject[],
  time: PastTime,
): { readonly past: readonly KnownPast[]; readonly askAgain: () => void } {
  const { api, now } = useDashboard();
  const [kept, setKept] = useState<ReadonlyMap<string, KnownPast>>(new Map());
  const [times, setTimes] = useState(0);
  const keys = subjects.map((subject) => `${subjectKey(subject)} ${timeKey(time)}`);
  useEffect(() => {
    const stops = subjects.map((subject, index) =>
      followPast(subject, time, {
        api,
        after,
        now,
        tell: (known) => {
          setKept((before) => new Map(before).set(keys[index] ?? '', known));
        },
      }),
    );
    return () => {
      for (const stop of stops) stop();
      setKept((before) => new Map([...before].filter(([key]) => keys.includes(key))));
    };
  }, [keys.join('\n'), times]);
  return {
    past: keys.map((key) => kept.get(key) ?? NOTHING),
    askAgain: () => {
      setTimes((before) => before + 1);
    },
  };
}

/** What happened to them in that time; where that goes on, it is asked again and again. */
export function usePastEvents(subjects: readonly PastSubject[], time: PastTime): SpanEvents {
  const { api } = useDashboard();
  const [kept, setKept] = useState<AskedEvents>();
  const key = [...subjects.map(subjectKey), timeKey(time)].join('\n');
  useEffect(() => {
    let isLeft = false;
    let callOff = (): void => undefined;
    const everyMs = Math.max(EVENTS_MS, (time.span.toMs - time.span.fromMs) / READS_PER_SPAN);
    const again = (): void => {
      if (!isLeft && time.isOpen) callOff = after(everyMs, run);
    };
    const run = (): void => {
      readEvents(api, subjects, time, () => isLeft).then(
        (known) => {
          if (!isLeft) setKept({ key, known });
          again();
        },
        (error: unknown) => {
          const known = asError(error);
          if (!isLeft) {
            setKept((before) => ({
              key,
              known: { ...(before?.key === key ? before.known : NO_EVENTS), error: known },
            }));
          }
          again();
        },
      );
    };
    run();
    return () => {
      isLeft = true;
      callOff();
    };
  }, [key]);
  return kept?.key === key ? kept.known : NO_EVENTS;
}
