import type { TextsOf } from '../en/index.ts';
import type { enWall } from '../en/wall.ts';

/** Texte zur Ordnung der Liste, zur Wand und zum Bildschirm, den niemand bedient, auf Deutsch. */
export const deWall: TextsOf<typeof enWall> = {
  order: {
    title: 'Gruppen und Spalten',
    groups: 'Gruppen',
    depths: (depth) =>
      depth === 0
        ? 'keine'
        : depth === 1
          ? 'nach dem ersten Teil des Namens'
          : `nach den ersten ${depth} Teilen`,
    closeAll: 'Alle zuklappen',
    openAll: 'Alle aufklappen',
    columns: 'Spalten',
    usualColumns: 'Standard',
    ungrouped: 'Ohne Gruppe',
    streams: (count, written) => (count === 1 ? '1 Stream' : `${written} Streams`),
    ofLook: (count, look) => `${count} ${look}`,
    favourite: 'Favorit',
    favourites: 'Favoriten',
    star: (stream) => `Favorit: ${stream}`,
    starHint: 'Zu den Favoriten hinzufügen (in diesem Browser)',
    unstar: 'Aus den Favoriten entfernen',
  },
  wall: {
    title: 'Monitorwand',
    tiles: 'Kacheln',
    asSuits: 'automatisch',
    hint: 'Eine Kachel spielt, solange der Mauszeiger auf ihr liegt oder sie den Fokus hat; mit ▷ läuft sie weiter. Angehakte lassen sich zusammen abspielen. Jedes Bild zählt als weiterer Zuschauer.',
    choose: (stream) => `${stream} auswählen`,
    chooseHint: 'Für „Ausgewählte abspielen“ und „Nur diese“ auswählen',
    chosen: (count, most) => `${count} von höchstens ${most} ausgewählt`,
    playOn: 'Abspielen, bis jemand stoppt',
    mostPlay: 'Mehr laufen nicht gleichzeitig: zuerst eine stoppen',
    playChosen: 'Ausgewählte abspielen',
    stop: 'Stopp',
    only: 'Nur diese',
    clear: 'Auswahl aufheben',
    previous: 'Vorige Seite',
    next: 'Nächste Seite',
    playOne: (stream) => `${stream} abspielen`,
    stopOne: (stream) => `${stream} stoppen`,
    onDemand: 'Spielt nur auf Knopfdruck',
    notListed: 'Steht gerade nicht in der Liste',
    starting: 'Startet …',
    picture: (stream) => `Bild von ${stream}`,
    mbps: 'Mbit/s',
  },
};
