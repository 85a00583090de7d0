/** How many pixels a rem is: on a wall, the size of letters follows that of the window. */
export function remPx(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}
