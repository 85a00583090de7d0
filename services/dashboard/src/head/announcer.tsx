import { useEffect, useRef, useState } from 'preact/hooks';
import { useDashboard } from '../context.ts';
import { spokenTruth } from './truth-words.ts';
import { useCalmTelling } from './use-telling.ts';

/** What changes is read out this much later, so that it is what it has come to, … */
const SETTLE_MS = 2_000;
/** … and this long after what was read before. */
const PAUSE_MS = 15_000;

/** Reads the truth out to screen readers when it has changed, without chattering along with every tick. */
export function Announcer() {
  const { truth, monotonicMs } = useDashboard();
  const sentence = spokenTruth(truth.value, useCalmTelling());
  const [said, setSaid] = useState('');
  const saidAt = useRef(-Infinity);
  const newest = useRef(sentence);
  newest.current = sentence;
  const isDue = sentence !== said;

  // A sentence that changes again while it waits doesn't wait anew; else one that goes on changing is never read.
  useEffect(() => {
    if (!isDue) return undefined;
    const waitMs = Math.max(SETTLE_MS, saidAt.current + PAUSE_MS - monotonicMs());
    const timer = setTimeout(() => {
      saidAt.current = monotonicMs();
      setSaid(newest.current);
    }, waitMs);
    return () => {
      clearTimeout(timer);
    };
  }, [isDue]);
  return (
    <p class="visually-hidden" role="status">
      {said}
    </p>
  );
}
