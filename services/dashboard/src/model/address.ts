/** The end of what is kept of a masked address: a /24 or /48 without a port, perhaps behind the kind of a candidate. */
const MASKED = /^((?:[a-z]+\/)?(?:(?:\d{1,3}\.){3}|[\da-f:]*::))0?$/i;

/** Whether only the beginning of an address is told: a whole one has a port behind it. */
export function isMasked(address: string): boolean {
  return MASKED.test(address);
}

/** An address as it is shown: of a masked one nobody takes the missing part for a 0. */
export function shownAddress(address: string): string {
  return address.replace(MASKED, '$1x');
}
