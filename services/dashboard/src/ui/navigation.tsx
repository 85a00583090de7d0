import { useLayoutEffect, useRef } from 'preact/hooks';
import { viewQuery } from '../data/view-query.ts';
import { useDashboard } from './context.ts';
import { SCROLLER_ID } from './layout.ts';

/**
 * Each page begins at its top and gets the focus; lists are found again where they were left. It stands before what is
 * on the page, so that this finds the page at its place when it looks.
 */
export function PagePlace() {
  const { view } = useDashboard();
  // However it is written and looks, a list is the same, and while groups of it are opened or closed.
  const { grouping } = view.value;
  const page = viewQuery({
    ...view.value,
    grouping: grouping && { ...grouping, closed: [] },
    columns: null,
    chosen: [],
    lang: null,
    theme: null,
  });
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

const RIGHT = 2;

/**
 * Has links of this page followed without loading it anew; new tabs and windows stay the browser's own. A whole row of
 * a list counts as its link, also where something in it lies above the link to be pointed at.
 */
export function followLinks(open: (query: string) => void): (event: MouseEvent) => void {
  return (event) => {
    if (!(event.target instanceof Element) || event.defaultPrevented || event.button === RIGHT) return;
    const link = event.target.closest('a');
    if (link === null) {
      const ofRow = event.target.closest('[data-key]')?.querySelector('a');
      ofRow?.focus({ preventScroll: true });
      // Browsers open a link on a made click only, whatever the button.
      ofRow?.dispatchEvent(new MouseEvent('click', event));
      return;
    }
    const query = link.getAttribute('href');
    const isPlain =
      event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (query?.startsWith('?') !== true || !isPlain) return;
    event.preventDefault();
    open(query);
  };
}
