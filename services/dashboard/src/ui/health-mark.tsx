import type { Look } from '../model/look.ts';
import { Icon } from './icon.tsx';

interface HealthMarkProps {
  readonly health: Look;
  /** Its word, for readers; left out where it stands beside the mark. */
  readonly word?: string | undefined;
}

/** Health as a shape and a colour. */
export function HealthMark({ health, word }: HealthMarkProps) {
  return (
    <>
      <span class={`mark mark-${health}`}>
        <Icon name={health} />
      </span>
      {word !== undefined && <span class="visually-hidden">{word}: </span>}
    </>
  );
}
