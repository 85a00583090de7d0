import { useEffect, useState } from 'preact/hooks';

/** How long the pointer or the focus rests on a tile before it plays: crossing the wall starts nothing. */
const REST_MS = 700;
/** What moves by itself not everybody bears. */
const CALM = '(prefers-reduced-motion: reduce)';

/** What an element listens to that may be looked at. */
interface LookListeners {
  readonly onPointerEnter: (event: PointerEvent) => void;
  readonly onPointerLeave: () => void;
  readonly onFocusIn: (event: FocusEvent) => void;
  readonly onFocusOut: (event: FocusEvent) => void;
}

interface TileAttention {
  /** The pointer or the keyboard has come to it and stayed, and nobody has said there that they want no more of it. */
  readonly isLookedAt: boolean;
  /** Someone has seen enough: it counts as looked at again once they have left and come back. */
  readonly dismiss: () => void;
  readonly listeners: LookListeners;
}

/** Whether someone looks at something, and what they want of it. Fingers look at nothing before they ask. */
export function useLook(): TileAttention {
  const [isPointedAt, setPointedAt] = useState(false);
  const [hasFocus, setFocus] = useState(false);
  const [isLookedAt, setLookedAt] = useState(false);
  const [isDismissed, setDismissed] = useState(false);
  const isHere = isPointedAt || hasFocus;
  const forget = (): void => {
    setLookedAt(false);
    setDismissed(false);
  };

  useEffect(() => {
    if (!isHere || matchMedia(CALM).matches) return undefined;
    const timer = setTimeout(() => {
      setLookedAt(true);
    }, REST_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [isHere]);
  useEffect(() => {
    if (!isHere) forget();
  }, [isHere]);
  useUnseen(forget);

  return {
    isLookedAt: isLookedAt && !isDismissed,
    dismiss: () => {
      setDismissed(true);
    },
    listeners: {
      onPointerEnter: ({ pointerType }) => {
        if (pointerType !== 'touch') setPointedAt(true);
      },
      onPointerLeave: () => {
        setPointedAt(false);
      },
      onFocusIn: ({ target }) => {
        // What was clicked has the focus, too, and keeps it when the pointer is elsewhere.
        if (target instanceof Element && target.matches(':focus-visible')) setFocus(true);
      },
      onFocusOut: ({ currentTarget, relatedTarget }) => {
        const isInside = currentTarget instanceof Node && relatedTarget instanceof Node;
        if (isInside && currentTarget.contains(relatedTarget)) return;
        setFocus(false);
      },
    },
  };
}

/** Calls when the page isn't seen any more: its tab is another's, or its window is put away. */
export function useUnseen(run: () => void): void {
  useEffect(() => {
    function look(): void {
      if (document.visibilityState !== 'visible') run();
    }
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
}
