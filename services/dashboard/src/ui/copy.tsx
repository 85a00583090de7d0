import { useEffect, useState } from 'preact/hooks';
import { useDashboard } from './context.ts';
import { Icon, type IconName } from './icon.tsx';

/** Lines for another program, as they are. */
export function CopyBlock({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <div class="copy-block">
      <pre tabIndex={0}>{text}</pre>
      <CopyButton text={text} label={label} />
    </div>
  );
}

/** How long it says how that went. */
const SHOWN_MS = 2_000;

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
    }, SHOWN_MS);
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

/**
 * Copies a text. Only pages that came over https or from this machine get the clipboard itself; on others the browser
 * copies what is selected.
 * @returns whether it was allowed
 */
async function copyText(text: string): Promise<boolean> {
  if (!isSecureContext) return copySelected(text);
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => copySelected(text),
  );
}

function copySelected(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'visually-hidden';
  document.body.append(field);
  field.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Nothing else copies on a page that came over http.
  const isCopied = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return isCopied;
}
