import { type Look, LOOKS } from '../model/look.ts';
import { Icon } from './icon.tsx';

/** Made once: what is the same element needs no second look when lists are drawn anew. */
const MARKS = new Map(
  LOOKS.map((look) => [
    look,
    <span class={`mark mark-${look}`}>
      <Icon name={look} />
    </span>,
  ]),
);

interface HealthMarkProps {
  readonly health: Look;
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
