import type { enPages } from '../en/pages.ts';
import type { TextsOf } from '../en/index.ts';

/** Texte der Serverseite, der Kopierknöpfe, der Meldungen und der Hilfe, auf Deutsch. */
export const dePages: TextsOf<typeof enPages> = {
  serversPage: {
    servers: 'Server',
    hosts: 'Rechner',
    noHosts:
      'Kein Host-Agent hat sich gemeldet. Er läuft auf einem Rechner und meldet dessen CPU, RAM, Platten und Netz.',
    up: 'MediaMTX antwortet',
    missing: (lists) => `Bei der letzten Abfrage nicht abfragbar: ${lists}`,
    version: 'Version',
    versionUnknown: 'nicht gemeldet (vor 1.15.2)',
    age: 'Alter der Daten',
    interval: 'Abgefragt alle',
    pollTime: 'Letzte Abfrage dauerte',
    streams: 'Streams',
    live: 'Live',
    viewers: 'Zuschauer',
    inbound: 'Eingang',
    outbound: 'Ausgang',
    cpu: 'CPU',
    cores: (count) => (count === 1 ? '1 Kern' : `${count} Kerne`),
    memory: 'RAM',
    ofBytes: (used, total) => `${used} von ${total}`,
    disk: (mount) => `Platte ${mount}`,
    network: 'Netz Eingang, Ausgang',
    drops: 'Verworfene Pakete',
    load: 'Last 1, 5, 15 min',
    swap: 'Swap',
    temperature: 'Temperatur',
    uptime: 'Läuft seit',
    os: 'System',
    process: (pid, cpu, memory) => `MediaMTX, Prozess ${pid}: ${cpu} eines Kerns, ${memory}`,
  },
  copy: {
    name: 'Namen kopieren',
    link: 'Link zu dieser Ansicht kopieren',
    address: 'Adresse kopieren',
    command: 'Befehl kopieren',
    lines: 'Zeilen kopieren',
    done: 'Kopiert',
    refused: 'Dieser Browser lässt die Seite nichts kopieren',
  },
  undrawn: 'Das lässt sich nicht anzeigen: Der Monitor hat etwas aufbewahrt, das diese Seite nicht versteht.',
  noAnswer: {
    title: 'Darauf antwortet der Monitor nicht. Was sonst zu sehen ist, kann trotzdem stimmen.',
    again: 'Noch einmal versuchen',
  },
  alerts: {
    bell: {
      name: 'Alarme',
      counts: (firing, unread) => `${firing} aktuell, ${unread} neu`,
      none: 'der Alerter läuft nicht',
      unknown: 'gerade nicht bekannt',
    },
    title: 'Bei Störungen, auf diesem Gerät',
    notify: 'Benachrichtigen',
    sound: 'Ton',
    blocked:
      'Dieser Browser lässt die Seite nicht benachrichtigen: Es wurde abgelehnt, oder die Seite wurde über http geöffnet.',
    silent:
      'Ein Ton wurde unterdrückt: Browser verlangen nach jedem Laden erst einen Klick oder Tastendruck auf der Seite.',
    lost: 'Wie es den Streams geht, ist unbekannt, bis er wieder da ist.',
  },
  help: {
    title: 'Tasten und Symbole',
    keys: [
      ['/', 'Suchen'],
      ['↑ ↓', 'Durch die Liste gehen; in Karten auch ← →'],
      ['Pos1 Ende', 'Anfang, Ende'],
      ['Eingabe', 'Stream öffnen'],
      ['Esc', 'Zurück zur Liste'],
      ['?', 'Diese Hilfe'],
    ],
    marks: 'Symbole',
    looks: {
      ok: 'live und in Ordnung',
      rest: 'nicht live und auch nicht erwartet',
      warning: 'ansehen',
      critical: 'sofort handeln',
      unknown: 'gerade nicht bekannt',
    },
    transports: {
      websocket: 'Diese Seite bezieht ihre Daten über einen WebSocket.',
      sse: 'Diese Seite bezieht ihre Daten über einfaches HTTP, weil kein WebSocket durchkommt.',
    },
    numbers: '– ist eine Zahl, die nicht gemessen wurde, ≥ eine Summe, von der ein Teil unbekannt ist.',
    close: 'Schließen',
  },
};
