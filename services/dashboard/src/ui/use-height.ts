import { useCallback, useRef, useState } from 'preact/hooks';

/** Height of an element as it is now. `measure` is the element's ref. */
export function useHeight() {
  const [heightPx, setHeight] = useState(0);
  const observer = useRef<ResizeObserver>(null);
  const measure = useCallback((element: HTMLElement | null) => {
    observer.current?.disconnect();
    if (element === null) return;
    observer.current = new ResizeObserver(() => {
      setHeight(element.clientHeight);
    });
    observer.current.observe(element);
  }, []);
  return { heightPx, measure };
}
