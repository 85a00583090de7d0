import type { MonitorApi } from '@mediamtx-monitor/client';
import { useState } from 'preact/hooks';
import { asError } from '../../data/as-error.ts';
import { changeErrorText } from '../../i18n/bell-text.ts';
import { useDashboard } from '../../ui/context.ts';
import { useBell } from './bell-context.ts';

/** How far a change is that somebody asked for. */
export type ChangeStep =
  | { readonly step: 'none' }
  | { readonly step: 'sending' }
  /** `answer`: what the API answered. */
  | { readonly step: 'sent'; readonly atMs: number; readonly answer: unknown }
  | { readonly step: 'failed'; readonly error: Error };

/** After this time the alerter would have done it. */
const LATE_MS = 15_000;

/** Has the API asked for a change, one at a time. */
export function useChange() {
  const { api, now } = useDashboard();
  const [step, setStep] = useState<ChangeStep>({ step: 'none' });
  const run = (ask: (api: MonitorApi) => Promise<unknown>): void => {
    setStep({ step: 'sending' });
    ask(api).then(
      (answer) => {
        setStep({ step: 'sent', atMs: now(), answer });
      },
      (error: unknown) => {
        setStep({ step: 'failed', error: asError(error) });
      },
    );
  };
  return { step, run, isBusy: step.step === 'sending' };
}

interface ChangeNoteProps {
  readonly step: ChangeStep;
  /** Whether what the alerter tells shows it. */
  readonly isDone: boolean;
}

/** Says how far a change is. It is there before it says anything, so that it is read out. */
export function ChangeNote({ step, isDone }: ChangeNoteProps) {
  const { bell, nowMs } = useBell();
  const isFailed = step.step === 'failed';
  return (
    <p class={isFailed ? 'change-note form-error' : 'change-note muted'} role="status">
      {noteOf(step, isDone, nowMs, bell)}
    </p>
  );
}

function noteOf(
  step: ChangeStep,
  isDone: boolean,
  nowMs: number,
  bell: ReturnType<typeof useBell>['bell'],
): string {
  const { change } = bell;
  switch (step.step) {
    case 'none':
      return '';
    case 'sending':
      return change.sending;
    case 'failed':
      return changeErrorText(step.error, bell);
    case 'sent':
      if (isDone) return change.done;
      return nowMs - step.atMs > LATE_MS ? change.late : change.sent;
  }
}
