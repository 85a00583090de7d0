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
