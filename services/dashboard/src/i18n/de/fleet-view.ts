import type { enFleetView } from '../en/fleet-view.ts';
import type { TextsOf } from '../en/index.ts';

/** Texte über eine Flotte vieler Server, auf Deutsch. */
export const deFleetView: TextsOf<typeof enFleetView> = {
  fleetView: {
    label: 'Server der Flotte',
    title: (wrong, written, all) =>
      wrong === 0 ? `${all} Server ohne Störung` : `${written} von ${all} Servern gestört`,
    well: (count) => `${count} ohne Störung`,
    others: (count) => `${count} weitere`,
    found: (count) => `Die ersten ${count} Treffer nach Namen. Für weitere genauer suchen.`,
    failed: 'Die Suche blieb ohne Antwort und wird wiederholt.',
    worst: (count) => `Streams der ${count} Server mit den größten Störungen`,
    cut: (shown, all) =>
      `Streams von ${shown} dieser ${all} Server. Bei kleinerer Auswahl sind alle zu sehen.`,
  },
};
