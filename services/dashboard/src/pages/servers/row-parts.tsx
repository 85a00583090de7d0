import type { HistoryAnswer } from '@mediamtx-monitor/types';
import type { ComponentChild } from 'preact';
import { useState } from 'preact/hooks';
import { meansOf } from '../../model/hour-line.ts';
import { sparkPath } from '../../model/spark-path.ts';
import { useDashboard } from '../../ui/context.ts';
import { Icon } from '../../ui/icon.tsx';
import { sparkline } from '../../ui/sparkline.tsx';
import { known } from '../../ui/values.tsx';

interface HourProps {
  readonly label: string;
  /** What it is now, written. */
  readonly text: string;
  readonly hour: HistoryAnswer | undefined;
  readonly field: string;
  /** What the whole height stands for at least. */
  readonly atLeast: number;
}

/** A number as it is now, and a small line of the last hour. */
export function Hour({ label, text, hour, field, atLeast }: HourProps) {
  const { unknown, serverRows } = useDashboard().texts.value;
  const means = hour === undefined ? [] : meansOf(hour, field);
  return (
    <div class="hour" title={serverRows.lastHour}>
      <p>
        <span class="muted">{label}</span> <b>{known(text, unknown)}</b>
      </p>
      {sparkline(sparkPath(means, means.length, atLeast), means.length)}
    </div>
  );
}

interface MoreProps {
  readonly name: string;
  /** Whether it is open unless somebody has chosen. */
  readonly isOpen: boolean;
  readonly children: () => ComponentChild;
}

/** A button that opens details, and these. */
export function More({ name, isOpen: isOpenByItself, children }: MoreProps) {
  const { serverRows } = useDashboard().texts.value;
  const [chosen, choose] = useState<boolean>();
  const isOpen = chosen ?? isOpenByItself;
  const id = `more-${name}`;
  return (
    <>
      <button
        type="button"
        class="button server-open"
        aria-expanded={isOpen}
        aria-label={serverRows.more(name)}
        {...(isOpen && { 'aria-controls': id })}
        onClick={() => {
          choose(!isOpen);
        }}
      >
        <Icon name={isOpen ? 'up' : 'down'} />
        {serverRows.details}
      </button>
      {isOpen && (
        <div class="server-more" id={id}>
          {children()}
        </div>
      )}
    </>
  );
}
