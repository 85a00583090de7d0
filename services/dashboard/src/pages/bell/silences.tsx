import type { AlertSilence } from '@mediamtx-monitor/types';
import { selectionText, timeText } from '../../i18n/bell-text.ts';
import type { AlertBoard } from '../../model/alert-board.ts';
import { givenComment } from '../../model/silence-comment.ts';
import { useBell } from './bell-context.ts';
import { ChangeNote, useChange } from './change.tsx';
import { NewSilence } from './new-silence.tsx';

/** What nobody is told of, until when, who wanted that, and why. */
export function Silences({ maintenance }: Pick<AlertBoard, 'maintenance'>) {
  const { bell, format, silences, mayChange } = useBell();
  const text = bell.silences;
  const isEmpty = silences.length + maintenance.length === 0;
  return (
    <section aria-labelledby="bell-silences">
      <h3 id="bell-silences">{text.title(format.count(silences.length))}</h3>
      {isEmpty && <p class="muted">{text.none}</p>}
      <ul class="bell-list">
        {silences.map((silence) => (
          <SilenceEntry key={silence.id} silence={silence} />
        ))}
        {maintenance.map(({ name, count }) => (
          <li key={name}>
            <p>{text.maintenance(name)}</p>
            <p class="muted">{text.maintenanceCount(count, format.count(count))}</p>
          </li>
        ))}
      </ul>
      {mayChange && (
        <div class="alert-actions">
          <NewSilence />
        </div>
      )}
    </section>
  );
}

function SilenceEntry({ silence }: { readonly silence: AlertSilence }) {
  const context = useBell();
  const { bell, mayChange } = context;
  const text = bell.silences;
  const { step, run, isBusy } = useChange();
  const what = selectionText(silence, context);
  return (
    <li>
      <div class="bell-row">
        <div>
          <p class="wrap">{what}</p>
          <p class="muted wrap">
            {text.until(timeText(silence.until, context), silence.author)}
            {givenComment(silence.comment) !== '' && `: ${silence.comment}`}
          </p>
        </div>
        {mayChange && (
          <button
            type="button"
            class="button"
            aria-label={text.endOf(what)}
            disabled={isBusy || step.step === 'sent'}
            onClick={() => {
              run((api) => api.endSilence(silence.id));
            }}
          >
            {text.end}
          </button>
        )}
      </div>
      <ChangeNote step={step} isDone={false} />
    </li>
  );
}
