/** Has links of this page followed without loading it anew; new tabs and windows stay the browser's own. */
export function followLinks(open: (query: string) => void): (event: MouseEvent) => void {
  return (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="?"]') : null;
    const isPlain =
      event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (link === null || !isPlain || event.defaultPrevented) return;
    event.preventDefault();
    open(link.getAttribute('href') ?? '?');
  };
}
