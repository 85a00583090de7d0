import { useEffect, useRef, useState } from 'preact/hooks';
import { useDashboard } from '../context.ts';
import { truthWords } from './truth-words.ts';

/** A sentence has to stand for as long before it is read out, … */
const SETTLE_MS = 2_000;
/** … and as long after the one before. */
const PAUSE_MS = 15_000;

/** Reads the truth out to screen readers when it has changed, without chattering along with every tick. */
export function Announcer() {
  const { truth, texts, format, now } = useDashboard();
  const lost = truth.value.kind === 'outdated';
  const sentence = lost ? texts.value.link.lost : truthWords(truth.value, texts.value, format.value, '');
  const [said, setSaid] = useState('');
  const saidAt = useRef(0);
  useEffect(() => {
    const waitMs = Math.max(SETTLE_MS, saidAt.current + PAUSE_MS - now());
    const timer = setTimeout(() => {
      saidAt.current = now();
      setSaid(sentence);
    }, waitMs);
    return () => {
      clearTimeout(timer);
    };
  }, [sentence]);
  return (
    <p class="visually-hidden" role="status">
      {said}
    </p>
  );
}
