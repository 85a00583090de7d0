import type { Health } from '@mediamtx-monitor/types';

/** A share of a machine, written, and how tight it is. */
export interface SaidLoad {
  readonly said: string;
  readonly look: Health;
}

/** Shares of a machine in a line: only what is tight has the colour of that. */
export function Loads({ loads }: { readonly loads: readonly SaidLoad[] }) {
  return (
    <>
      {loads.map(({ said, look }, index) => (
        <span key={said}>
          {index > 0 && ', '}
          <span class={`words-${look}`}>{said}</span>
        </span>
      ))}
    </>
  );
}
