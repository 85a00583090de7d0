import { MAX_COMMENT_LENGTH } from '@mediamtx-monitor/types';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { silenceEndText } from '../../i18n/bell-text.ts';
import {
  isPossibleEnd,
  isPossibleGlob,
  SILENCE_ENDS,
  silenceEnds,
  type SilenceSelection,
} from '../../model/silence-choice.ts';
import { useDashboard } from '../../ui/context.ts';
import { useBell } from './bell-context.ts';
import { ChangeNote, useChange } from './change.tsx';

interface SilenceFormProps {
  /** What opens it. */
  readonly label: string;
  /** What is chosen; `null`: nothing. */
  readonly selection: SilenceSelection | null;
  /** How that is chosen. */
  readonly children: ComponentChildren;
}

/** Opens a form that silences what is chosen in it: one click on when it ends will do. */
export function SilenceForm({ label, selection, children }: SilenceFormProps) {
  const { now } = useDashboard();
  const context = useBell();
  const { bell, silences } = context;
  const text = bell.silence;
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [comment, setComment] = useState('');
  const [otherTime, setOtherTime] = useState('');
  const [mistake, setMistake] = useState<string>();
  const { step, run, isBusy } = useChange();
  const isDone = step.step === 'sent' && silences.some((one) => one.id === step.answer);
  useEffect(() => {
    if (!isDone) return;
    setOpen(false);
    opener.current?.focus();
  }, [isDone]);

  function silenceUntil(untilMs: number): void {
    const problem =
      selection === null
        ? text.nothingChosen
        : !isPossibleGlob(selection.stream)
          ? text.tooLong
          : isPossibleEnd(untilMs, now())
            ? undefined
            : text.badTime;
    setMistake(problem);
    if (problem !== undefined || selection === null) return;
    const until = new Date(untilMs).toISOString();
    const why = comment.trim() === '' ? text.defaultComment : comment.trim();
    run((api) => api.addSilence({ ...selection, until, comment: why }));
  }

  return (
    <>
      <button
        ref={opener}
        type="button"
        class="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        {label}
      </button>
      {isOpen && (
        <div id={id} class="silence-fields">
          {children}
          <label for={`${id}-why`}>{text.comment}</label>
          <input
            id={`${id}-why`}
            type="text"
            class="field"
            maxLength={MAX_COMMENT_LENGTH}
            placeholder={text.defaultComment}
            value={comment}
            onInput={({ currentTarget }) => {
              setComment(currentTarget.value);
            }}
          />
          <fieldset class="choice">
            <legend>{text.until}</legend>
            <div class="silence-ends">
              {SILENCE_ENDS.map((end) => (
                <button
                  key={end}
                  type="button"
                  class="button button-main"
                  disabled={isBusy}
                  onClick={() => {
                    silenceUntil(silenceEnds(now())[end]);
                  }}
                >
                  {silenceEndText(end, silenceEnds(context.nowMs)[end], context)}
                </button>
              ))}
            </div>
            <div class="silence-ends">
              <label for={`${id}-time`}>{text.other}</label>
              <input
                id={`${id}-time`}
                type="datetime-local"
                class="field"
                value={otherTime}
                onInput={({ currentTarget }) => {
                  setOtherTime(currentTarget.value);
                }}
              />
              <button
                type="button"
                class="button"
                disabled={isBusy}
                onClick={() => {
                  // Without an offset it is a local time.
                  silenceUntil(Date.parse(otherTime));
                }}
              >
                {text.otherSend}
              </button>
            </div>
          </fieldset>
          {mistake !== undefined && (
            <p class="form-error" role="alert">
              {mistake}
            </p>
          )}
        </div>
      )}
      <ChangeNote step={step} isDone={isDone} />
    </>
  );
}
