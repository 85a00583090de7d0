import { deLink } from './de-link.ts';
import { dePages } from './de-pages.ts';
import { deSourceErrors } from './de-source-errors.ts';
import { deStream } from './de-stream.ts';
import type { Texts } from './en.ts';

/** Alle Texte auf Deutsch. */
export const de: Texts = {
  ...deLink,
  ...deStream,
  ...deSourceErrors,
  ...dePages,
  states: {
    idle: 'Ruht',
    waiting: 'Wartet',
    live: 'Live',
    stalled: 'Stockt',
    standby: 'Ersatzbild',
    missing: 'Fehlt',
    unknown: 'Unbekannt',
  },
  healths: { ok: 'OK', warning: 'Warnung', critical: 'Kritisch', unknown: 'Unbekannt' },
  reasons: {
    'rtt-near-latency': ({ measured }) => `RTT bei ${measured} der Latenz`,
    'link-loss': ({ measured }) => `${measured} Streckenverlust`,
    'unrecovered-loss': ({ measured }) => `${measured} endgültig verloren`,
    'rtp-loss': ({ measured }) => `${measured} der Pakete verloren`,
    discards: ({ measured }) => `Zu langsam: ${measured}/s verworfen`,
    'not-live': () => 'Erwartet, aber nicht live',
    'source-down': () => 'Quelle nicht abrufbar',
    'off-air': () => 'Nicht mehr auf Sendung',
    stalled: () => 'Es kommen keine Daten an',
    flapping: ({ measured }) => `${measured} Neustarts in 10 min`,
    'frame-errors': ({ measured }) => `${measured} fehlerhafte Frames/s`,
    'bitrate-low': ({ measured, limit }) => `${measured} Mbit/s, unter ${limit}`,
    'bitrate-high': ({ measured, limit }) => `${measured} Mbit/s, über ${limit}`,
    'forward-failing': ({ measured }) => `Fehlschlagende Weiterleitungen: ${measured}`,
    'reader-discards': ({ measured }) => `Zu langsame Zuschauer: ${measured}`,
    'server-unreachable': () => 'Der Server kann nicht gelesen werden',
    'list-missing': () => 'Der Server kann nicht ganz gelesen werden',
    'no-data': () => 'Keine Nachricht vom Server',
  },
  serverProblems: {
    down: 'ist nicht erreichbar',
    timeout: 'antwortet nicht rechtzeitig',
    unauthorized: 'weist die Zugangsdaten des Monitors ab',
    error: 'antwortet mit einem Fehler',
    invalid: 'antwortet unverständlich',
    stale: 'meldet sich nicht',
  },
  columns: {
    attention: 'Zustand',
    name: 'Stream',
    state: 'Status',
    inboundMbps: 'Ein Mbit/s',
    outboundMbps: 'Aus Mbit/s',
    readers: 'Zuschauer',
    rttMs: 'RTT',
    linkLossPercent: 'Verlust',
    since: 'Seit',
  },
  unknown: 'unbekannt',
  nav: { main: 'Hauptmenü', streams: 'Streams', servers: 'Server', skip: 'Zum Inhalt springen' },
  head: {
    title: 'MediaMTX Monitor',
    dataAge: (age) => `Daten ${age} alt`,
    dataAgeShort: (age) => `${age} alt`,
    noData: 'Noch keine Daten',
    simulated: 'Simuliert',
    simulatedHint: 'Diese Zahlen kommen aus dem Simulator, nicht von einem MediaMTX',
    help: 'Hilfe und Tasten',
    language: 'Sprache',
    theme: 'Darstellung',
    themes: { auto: 'Wie dieses Gerät', dark: 'Dunkel', light: 'Hell' },
    settings: 'Einstellungen',
    signOut: 'Abmelden',
  },
  truth: {
    label: 'Gesamtlage',
    connecting: 'Verbindung wird aufgebaut …',
    unconnected: 'Der Monitor ist nicht erreichbar',
    refused: 'Der Monitor lässt diese Seite nicht ein',
    outdated: (age) =>
      age === null ? 'Unbekannt: bisher keine Daten' : `Unbekannt: letzte Daten vor ${age}`,
    empty: 'Noch nichts zu überwachen',
    well: 'Alles in Ordnung',
    unsure: (unknown, written) =>
      unknown === 0
        ? 'Keine Störung bekannt, aber nicht alles war lesbar'
        : `Keine Störung bekannt, aber ${unknown === 1 ? '1 Stream ist' : `${written} Streams sind`} unbekannt`,
    wellDetail: (live, streams, servers) =>
      `${live} von ${streams} Streams live${servers > 1 ? ` auf ${servers} Servern` : ''}`,
    streams: (count, written) =>
      count === 1 ? '1 Stream braucht Aufmerksamkeit' : `${written} Streams brauchen Aufmerksamkeit`,
    server: (server, problem) => `Server ${server} ${problem}`,
    servers: (count, written) =>
      count === 1 ? '1 Server braucht Aufmerksamkeit' : `${written} Server brauchen Aufmerksamkeit`,
    more: (count) => `${count} weitere`,
  },
  totals: {
    label: 'Summen',
    live: 'Streams live',
    ofAll: (count) => `von ${count}`,
    readers: 'Zuschauer',
    inbound: 'Ein',
    outbound: 'Aus',
    incomplete: 'Ein Teil der Server ist unbekannt und nicht mitgezählt',
  },
  servers: {
    label: 'Server',
    cpu: (used) => `CPU ${used}`,
    memory: (used) => `RAM ${used}`,
    disk: (mount, used) => `Platte ${mount} ${used}`,
    hostSilent: (lastSeen) => `Rechner ${lastSeen}`,
  },
  filter: {
    label: 'Liste eingrenzen',
    search: 'Streams suchen',
    state: 'Status',
    health: 'Zustand',
    server: 'Server',
    protocol: 'Protokoll',
    all: 'alle',
    clear: 'Alle zeigen',
    shown: (shown, all) => `${shown} von ${all} Streams`,
    table: 'Tabelle',
    cards: 'Karten',
    none: 'Kein Stream passt dazu',
    sortBy: 'Sortieren nach',
    ascending: 'aufsteigend',
    descending: 'absteigend',
  },
  table: {
    label: 'Streams',
    media: 'Medien',
    viewersBy: (count, protocol) => `${count} ${protocol}`,
    latency: (latency) => `Latenz ${latency}`,
    lossDetail: (retransmitted, unrecovered) =>
      `erneut gesendet ${retransmitted}, endgültig verloren ${unrecovered}`,
    position: (first, last, all) => `${first}–${last} von ${all}`,
    moreReasons: (count) => `+${count}`,
  },
  signIn: {
    title: 'Anmelden',
    label: 'Token',
    hint: 'Es wird nur für diesen Tab gespeichert. Wer den Monitor betreibt, erzeugt eines mit „make token“.',
    submit: 'Anmelden',
    notKept:
      'Dieser Browser speichert nichts für diesen Tab, deshalb geht das Anmelden nicht. Bitte dieser Seite erlauben, Daten zu speichern.',
    refused: 'Dieses Token wurde abgelehnt. Vielleicht ist es falsch eingetippt, ersetzt oder gesperrt.',
  },
  empty: {
    noServer: 'Der Monitor läuft, aber noch kein Collector hat ihm etwas gemeldet.',
    noServerSteps: [
      'Einen Collector starten: Er liest einen MediaMTX und legt dessen Zahlen in Redis ab.',
      'Prüfen, ob Collector und API dieselbe REDIS_URL und denselben REDIS_KEY_PREFIX haben.',
      'Nur zum Umsehen: „make start“ bringt simulierte Streams mit.',
    ],
    noStream: 'MediaMTX antwortet, aber es gibt keinen Stream, und kein Pfad ist eingerichtet.',
    noStreamSteps: [
      'Etwas veröffentlichen: Der erste Stream erscheint hier innerhalb von zwei Sekunden.',
      'Zum Beispiel mit ffmpeg:',
    ],
    inTheWay: 'Noch ist kein Stream bekannt. Das steht im Weg:',
    unreachable:
      'Diese Seite versucht es weiter. Bitte prüfen, ob die API läuft und über das Netz erreichbar ist.',
  },
};
