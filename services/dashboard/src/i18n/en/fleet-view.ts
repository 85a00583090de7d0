/** Texts about a fleet of many servers, in English. */
export const enFleetView = {
  fleetView: {
    label: 'Servers of the fleet',
    title: (wrong: number, written: string, all: string): string =>
      wrong === 0 ? `${all} servers without trouble` : `${written} of ${all} servers need attention`,
    well: (count: string): string => `${count} without trouble`,
    others: (count: string): string => `${count} others`,
    found: (count: string): string =>
      `The first ${count} that match, by name. Search more closely for others.`,
    failed: 'The search got no answer. It is tried again.',
    worst: (count: string): string => `Streams of the ${count} servers that need attention most`,
    cut: (shown: string, all: string): string =>
      `Streams of ${shown} of these ${all} servers. Choose fewer to see all of theirs.`,
  },
} as const;
