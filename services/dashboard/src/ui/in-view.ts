import { useCallback, useRef, useState } from 'preact/hooks';

/** Rows this near to the screen count as in view. */
const MARGIN = '200px';

/** Whether an element is in view, or nearly. `watch` is the element's ref. */
export function useInView() {
  const [isInView, setInView] = useState(false);
  const observer = useRef<IntersectionObserver>(null);
  const watch = useCallback((element: HTMLElement | null) => {
    observer.current?.disconnect();
    if (element === null) return;
    observer.current = new IntersectionObserver(
      (entries) => {
        setInView(entries.at(-1)?.isIntersecting === true);
      },
      { rootMargin: MARGIN },
    );
    observer.current.observe(element);
  }, []);
  return { isInView, watch };
}
