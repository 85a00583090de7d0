import { useEffect, useRef } from 'preact/hooks';
import { HEALTHS } from '@mediamtx-monitor/types';
import { useDashboard } from '../context.ts';
import { HealthMark } from '../ui/health-mark.tsx';

/** Keys, and what the marks mean. @param onClose called once it is closed, and the focus is where it was before */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const { texts } = useDashboard();
  const dialog = useRef<HTMLDialogElement>(null);
  const words = texts.value.help;
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={onClose}>
      <h2 id="help-title">{words.title}</h2>
      <dl class="keys">
        {words.keys.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <h3>{words.marks}</h3>
      <ul class="marks">
        {HEALTHS.map((health) => (
          <li key={health}>
            <HealthMark health={health} /> <b>{texts.value.healths[health]}</b>{' '}
            <span class="muted">{words.healths[health]}</span>
          </li>
        ))}
      </ul>
      <p class="muted">{words.numbers}</p>
      <button
        type="button"
        class="button"
        onClick={() => {
          dialog.current?.close();
        }}
      >
        {words.close}
      </button>
    </dialog>
  );
}
