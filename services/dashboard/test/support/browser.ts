/**
 * What jsdom lacks, imported before the page: it lays nothing out and draws nothing, so nothing there changes its size,
 * and whatever is drawn on a canvas goes nowhere. What is drawn, real browsers are asked about.
 */
const nowhere: unknown = new Proxy(() => nowhere, {
  get: (_target, name) => (name === 'width' ? 0 : nowhere),
});

Object.assign(globalThis, {
  ResizeObserver: class {
    observe(): void {}
    disconnect(): void {}
  },
  // Nothing is off the screen.
  IntersectionObserver: class {
    readonly #onSeen: (entries: readonly { readonly isIntersecting: boolean }[]) => void;
    constructor(onSeen: (entries: readonly { readonly isIntersecting: boolean }[]) => void) {
      this.#onSeen = onSeen;
    }
    observe(): void {
      this.#onSeen([{ isIntersecting: true }]);
    }
    disconnect(): void {}
  },
  Path2D: class {
    moveTo(): void {}
    lineTo(): void {}
    rect(): void {}
    arc(): void {}
  },
  matchMedia: () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }),
});
Object.assign(HTMLCanvasElement.prototype, { getContext: () => nowhere });
Object.assign(Element.prototype, { scrollIntoView: () => undefined });
