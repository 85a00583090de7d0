import { useEffect, useState } from 'preact/hooks';
import { useDashboard } from '../context.ts';
import { Icon } from './icon.tsx';

/** How long it says that it has copied. */
const DONE_MS = 2_000;

/** Copies a text. Browsers allow that on https and on this machine only: elsewhere there is no button. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const { copied } = useDashboard().texts.value.stream;
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    if (!isDone) return undefined;
    const timer = setTimeout(() => {
      setDone(false);
    }, DONE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [isDone]);
  if (!isSecureContext) return null;
  return (
    <button
      type="button"
      class="button button-icon"
      aria-label={isDone ? copied : label}
      title={isDone ? copied : label}
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => {
            setDone(true);
          },
          // Not allowed here: the button keeps its look, which says as much.
          () => undefined,
        );
      }}
    >
      <Icon name={isDone ? 'check' : 'copy'} />
    </button>
  );
}
