import type { Alert } from '@mediamtx-monitor/types';
import { useId, useState } from 'preact/hooks';
import { codeText } from '../../i18n/bell-text.ts';
import {
  siblingsGlob,
  type SilenceScope,
  silenceScopes,
  silenceSelection,
} from '../../model/silence-choice.ts';
import { Choice } from '../../ui/controls.tsx';
import { useBell } from './bell-context.ts';
import { ChangeNote, useChange } from './change.tsx';
import { SilenceForm } from './silence-form.tsx';

/** Has nobody told of an alert, or of what is like it, for a while. */
export function AlertSilencing({ alert }: { readonly alert: Alert }) {
  const { bell } = useBell();
  const text = bell.silence;
  const id = useId();
  const scopes = silenceScopes(alert);
  const [chosen, setChosen] = useState<SilenceScope>();
  const [glob, setGlob] = useState(() => siblingsGlob(alert.subject));
  const scope = scopes.find((one) => one === chosen) ?? scopes[0];
  const label = useScopeLabel(alert);
  if (scope === undefined) return null;
  return (
    <SilenceForm label={text.open} selection={silenceSelection(scope, alert, glob.trim())}>
      <Choice
        legend={text.what}
        options={scopes.map((value) => ({ value, label: label(value) }))}
        chosen={scope}
        onChoose={setChosen}
      />
      {scope === 'glob' && (
        <>
          <input
            type="text"
            class="field"
            aria-label={text.glob}
            aria-describedby={`${id}-hint`}
            value={glob}
            onInput={({ currentTarget }) => {
              setGlob(currentTarget.value);
            }}
          />
          <p class="muted" id={`${id}-hint`}>
            {text.globHint}
          </p>
        </>
      )}
    </SilenceForm>
  );
}

/** Undoes the silence of an alert where that was made; what is silenced by the configuration can't be undone here. */
export function EndSilence({ alert }: { readonly alert: Alert }) {
  const { bell, silences } = useBell();
  const { step, run, isBusy } = useChange();
  const silence = silences.find(({ id }) => id === alert.silencedBy);
  if (silence === undefined) return null;
  return (
    <>
      <button
        type="button"
        class="button"
        disabled={isBusy || step.step === 'sent'}
        onClick={() => {
          run((api) => api.endSilence(silence.id));
        }}
      >
        {bell.silences.endThis}
      </button>
      <ChangeNote step={step} isDone={false} />
    </>
  );
}

function useScopeLabel({ subject, reasons }: Alert): (scope: SilenceScope) => string {
  const { bell, texts } = useBell();
  const text = bell.silence;
  return (scope) => {
    switch (scope) {
      case 'stream':
        return text.stream;
      case 'server':
        return text.server('server' in subject ? subject.server : '');
      case 'host':
        return text.host('host' in subject ? subject.host : '');
      case 'glob':
        return text.glob;
      case 'reason':
        return text.reason(codeText(reasons[0]?.code ?? '', texts));
    }
  };
}
