import { useEffect, useRef } from 'preact/hooks';
import { HEALTHS } from '@mediamtx-monitor/types';
import { useDashboard } from '../context.ts';
import { HealthMark } from '../ui/health-mark.tsx';

interface HelpDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Keys, and what the marks mean. */
export function HelpDialog({ isOpen, onClose }: HelpDialogProps) {
  const { texts } = useDashboard();
  const dialog = useRef<HTMLDialogElement>(null);
  const words = texts.value.help;
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  if (!isOpen) return null;
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
      <button type="button" class="button" onClick={onClose}>
        {words.close}
      </button>
    </dialog>
  );
}
