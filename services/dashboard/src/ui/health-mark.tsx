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

/** Health as a shape and a colour; its word stands beside it. */
export function HealthMark({ health }: { readonly health: Health }) {
  return MARKS.get(health) ?? null;
}
