import { useLayoutEffect, useRef } from 'preact/hooks';
import { useDashboard } from '../context.ts';
import { viewQuery } from '../model/view-state.ts';
import { SCROLLER_ID } from './visible-range.ts';

/**
 * Each page begins at its top and gets the focus; lists are found again where they were left. It stands before what is
 * on the page, so that this finds the page at its place when it looks.
 */
export function PagePlace() {
  const { view } = useDashboard();
  // However it is written and looks, a list is the same.
  const page = viewQuery({ ...view.value, lang: null, theme: null });
  const isList = view.value.stream === null;
  const opened = useRef(page);
  const tops = useRef(new Map<string, number>());

  useLayoutEffect(() => {
    const scroller = document.getElementById(SCROLLER_ID);
    if (scroller === null) return undefined;
    if (opened.current !== page) {
      opened.current = page;
      scroller.scrollTop = tops.current.get(page) ?? 0;
      if (!scroller.contains(document.activeElement)) scroller.focus({ preventScroll: true });
    }
    if (!isList) return undefined;
    function keep(): void {
      tops.current.set(page, scroller?.scrollTop ?? 0);
    }
    scroller.addEventListener('scroll', keep, { passive: true });
    return () => {
      scroller.removeEventListener('scroll', keep);
    };
  }, [page]);
  return null;
}
