import { useEffect, useState } from 'preact/hooks';
import { useDashboard } from '../context.ts';
import { copyText } from './copy-text.ts';
import { Icon, type IconName } from './icon.tsx';

/** How long it says how that went. */
const TOLD_MS = 2_000;

interface CopyButtonProps {
  readonly text: string;
  readonly label: string;
  readonly icon?: IconName;
}

/** Copies a text, and says so. */
export function CopyButton({ text, label, icon = 'copy' }: CopyButtonProps) {
  const { copy } = useDashboard().texts.value;
  const [outcome, setOutcome] = useState<'done' | 'refused' | null>(null);
  useEffect(() => {
    if (outcome === null) return undefined;
    const timer = setTimeout(() => {
      setOutcome(null);
    }, TOLD_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [outcome]);
  const icons = { done: 'check', refused: 'close' } as const;
  return (
    <>
      <button
        type="button"
        class="button button-icon"
        aria-label={label}
        title={outcome === null ? label : copy[outcome]}
        onClick={() => {
          void copyText(text).then((isCopied) => {
            setOutcome(isCopied ? 'done' : 'refused');
          });
        }}
      >
        <Icon name={outcome === null ? icon : icons[outcome]} />
      </button>
      <span class="visually-hidden" role="status">
        {outcome !== null && copy[outcome]}
      </span>
    </>
  );
}
