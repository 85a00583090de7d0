import { type Health, HEALTHS } from '@mediamtx-monitor/types';
import { Icon } from './icon.tsx';

/** Made once: what is the same element needs no second look when lists are drawn anew. */
const MARKS = new Map(
  HEALTHS.map((health) => [
    health,
    <span class={`mark mark-${health}`}>
      <Icon name={health} />
    </span>,
  ]),
);

interface HealthMarkProps {
  readonly health: Health;
  /** Its word, for readers; left out where it stands beside the mark. */
  readonly word?: string | undefined;
}

/** Health as a shape and a colour. */
export function HealthMark({ health, word }: HealthMarkProps) {
  const mark = MARKS.get(health);
  return (
    <>
      {mark}
      {word !== undefined && <span class="visually-hidden">{word}: </span>}
    </>
  );
}
