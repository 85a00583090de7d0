import type { Kept } from './meter.ts';

/** How much more or less a page may keep than at the first look. */
const HEAP_TOLERANCE = 0.1;
/** Nodes of the picture before that a browser may still hold; what leaks is hundreds a minute. */
const SPARE_NODES = 50;

/**
 * For a Chromium whose heap is measured: V8 only interprets. The machine code that it compiles of what runs often counts
 * as heap, and goes on growing for half an hour.
 */
export const INTERPRETING = ['--js-flags=--no-opt --no-maglev --no-sparkplug --no-flush-bytecode'];

/**
 * What has grown on a page since the first look, in words; empty when nothing has.
 * @param first what was kept then @param now what is kept at the same place of a later period
 * @param turns whether the page shows other streams by itself: then only nodes count that aren't in it
 */
export function growthOf(first: Kept, now: Kept, turns: boolean): readonly string[] {
  const heap = now.heapMb / first.heapMb;
  const nodes = (kept: Kept): number => (turns ? kept.nodes - kept.shownNodes : kept.nodes);
  return [
    Math.abs(heap - 1) > HEAP_TOLERANCE && `heap ${first.heapMb.toFixed(2)} → ${now.heapMb.toFixed(2)} MB`,
    Math.abs(nodes(now) - nodes(first)) > SPARE_NODES && `nodes ${nodes(first)} → ${nodes(now)}`,
  ].filter((growth) => growth !== false);
}
