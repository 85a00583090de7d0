import { isIll } from '@mediamtx-monitor/model';
import type { Health } from '@mediamtx-monitor/types';
import { useDashboard } from '../context.ts';
import { HealthMark } from './health-mark.tsx';
import { known } from './known.tsx';

interface MeterProps {
  readonly label: string;
  /** `null` is not known. */
  readonly percent: number | null;
  /** The same in words, and what it is a share of. */
  readonly text: string;
  readonly detail: string;
  readonly health: Health;
}

/** A share of a whole, as a number and a bar. */
export function Meter({ label, percent, text, detail, health }: MeterProps) {
  const { healths, unknown } = useDashboard().texts.value;
  return (
    <div class={`meter meter-${health}`}>
      <p>
        <span>{label}</span> <span class="muted">{detail}</span>
        <b>
          {isIll(health) && <HealthMark health={health} word={healths[health]} />}
          {known(text, unknown)}
        </b>
      </p>
      <div class="meter-bar" aria-hidden="true">
        <div style={{ width: `${Math.min(100, percent ?? 0)}%` }} />
      </div>
    </div>
  );
}
