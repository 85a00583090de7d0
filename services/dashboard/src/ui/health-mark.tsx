import type { Health } from '@mediamtx-monitor/types';
import { Icon } from './icon.tsx';

/** Health as a shape and a colour; its word stands beside it. */
export function HealthMark({ health }: { readonly health: Health }) {
  return (
    <span class={`mark mark-${health}`}>
      <Icon name={health} />
    </span>
  );
}
