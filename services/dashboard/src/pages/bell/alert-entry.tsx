import type { Alert } from '@mediamtx-monitor/types';
import { useEffect, useRef } from 'preact/hooks';
import { reasonsText, spanText, subjectText, timeText, toldTexts } from '../../i18n/bell-text.ts';
import { isQuiet } from '../../model/alert-board.ts';
import { HealthMark } from '../../ui/icon.tsx';
import { useBell } from './bell-context.ts';
import { useAlertLinks } from './alert-links.ts';
import { AlertSilencing, EndSilence } from './alert-silencing.tsx';
import { ChangeNote, useChange } from './change.tsx';

/** An alert: what, where, since when, who was told of it, and what can be done. */
export function AlertEntry({ alert }: { readonly alert: Alert }) {
  const context = useBell();
  const { bell, texts, format, mayChange, seenBefore, close } = context;
  const links = useAlertLinks(alert);
  const { id, state, severity, acknowledged, returns, firedAt } = alert;
  const isFiring = state === 'firing';
  const isNew = isFiring && !isQuiet(alert) && firedAt !== null && firedAt > (seenBefore ?? '');
  const isOver = state === 'resolved';
  return (
    <li class={isFiring ? `alert alert-${severity}` : 'alert'}>
      <div class="alert-head">
        <HealthMark
          health={isFiring ? severity : isOver ? 'ok' : 'unknown'}
          label={isFiring ? texts.healths[severity] : bell.states[state]}
        />
        <h4>
          <a href={links.page} onClick={close}>
            {subjectText(alert.subject, context)}
          </a>
        </h4>
        {isNew && <span class="badge badge-new">{bell.isNew}</span>}
      </div>
      <p class="alert-reasons wrap">{reasonsText(alert, context)}</p>
      <p class="muted">
        {!isFiring && !isOver && `${bell.states[state]} · `}
        {spanText(alert, context)}
        {returns > 0 && ` · ${bell.returns(returns, format.count(returns))}`}
        {' · '}
        <a class="alert-link" href={links.beginning} onClick={close}>
          {bell.history}
        </a>
      </p>
      {toldTexts(alert, context).map((text) => (
        <p key={text} class="muted wrap">
          {text}
        </p>
      ))}
      {acknowledged !== null && (
        <p class="muted wrap">
          {bell.acknowledged(acknowledged.by, timeText(acknowledged.at, context))}
          {acknowledged.comment !== null && `: ${acknowledged.comment}`}
        </p>
      )}
      {mayChange && !isOver && <Actions key={id} alert={alert} />}
    </li>
  );
}

/** What can be done about it; of what is silenced only that this ends: nobody is told of it, so nobody need take it on. */
function Actions({ alert }: { readonly alert: Alert }) {
  const { bell } = useBell();
  const { step, run, isBusy } = useChange();
  const { id, acknowledged, silencedBy } = alert;
  const isSilenced = silencedBy !== null;
  const { place, act } = useFocusKept(isSilenced);
  return (
    <>
      <div ref={place} class="alert-actions" onClick={act}>
        {acknowledged === null && !isSilenced && (
          <button
            type="button"
            class="button"
            title={bell.acknowledgeHint}
            disabled={isBusy || step.step === 'sent'}
            onClick={() => {
              run((api) => api.acknowledge(id));
            }}
          >
            {bell.acknowledge}
          </button>
        )}
        {isSilenced ? <EndSilence key={silencedBy} alert={alert} /> : <AlertSilencing alert={alert} />}
      </div>
      <ChangeNote step={step} isDone={acknowledged !== null} />
    </>
  );
}

/**
 * Whoever silences an alert, or ends that, finds the focus on what stands there then: what they pressed is gone by that.
 * They may have gone on to something else, where it stays.
 */
function useFocusKept(isSilenced: boolean) {
  const place = useRef<HTMLDivElement>(null);
  const hasActed = useRef(false);
  const before = useRef(isSilenced);
  useEffect(() => {
    if (before.current === isSilenced) return;
    before.current = isSilenced;
    const isElsewhere = document.activeElement?.closest('button, input, select, a') !== null;
    if (hasActed.current && !isElsewhere) place.current?.querySelector('button')?.focus();
    hasActed.current = false;
  }, [isSilenced]);
  const act = (): void => {
    hasActed.current = true;
  };
  return { place, act };
}
