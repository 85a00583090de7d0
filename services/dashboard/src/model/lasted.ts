/**
 * For how long something had lasted when it was told, in ms. Both times are of who told it, so the browser's clock needn't
 * be right, and what is old doesn't go on counting.
 */
export function lastedMs(since: string, toldAt: string): number {
  return Math.max(0, Date.parse(toldAt) - Date.parse(since));
}
