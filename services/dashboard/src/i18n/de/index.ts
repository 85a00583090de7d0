import { deLink } from './link.ts';
import { dePages } from './pages.ts';
import { deServers } from './servers.ts';
import { deSourceErrors } from './source-errors.ts';
import { deRecords } from './records.ts';
import { deTimeline } from './timeline.ts';
import { deStream } from './stream.ts';
import { deVerdict } from './verdict.ts';
import { deFleet } from './fleet.ts';
import { deRange } from './range.ts';
import { deWall } from './wall.ts';
import type { Texts } from '../en/index.ts';

/** Alle Texte auf Deutsch. */
export const de: Texts = {
  ...deLink,
  ...deStream,
  ...deTimeline,
  ...deRecords,
  ...deVerdict,
  ...deSourceErrors,
  ...dePages,
  ...deServers,
  ...deFleet,
  ...deRange,
  ...deWall,
  states: {
    idle: 'Inaktiv',
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
    'link-loss': ({ measured }) => `${measured} Paketverlust`,
    'unrecovered-loss': ({ measured }) => `${measured} endgültig verloren`,
    'rtp-loss': ({ measured }) => `${measured} RTP-Paketverlust`,
    discards: ({ measured }) => `Zu langsam: ${measured}/s verworfen`,
    'not-live': () => 'Erwartet, aber nicht live',
    'source-down': () => 'Quelle nicht abrufbar',
    'off-air': () => 'Nicht mehr auf Sendung',
    stalled: () => 'Es kommen keine Daten an',
    flapping: ({ measured }) => `Neustarts in 10 min: ${measured}`,
    'frame-errors': ({ measured }) => `${measured} fehlerhafte Frames/s`,
    'bitrate-low': ({ measured, limit }) => `${measured} Mbit/s, unter ${limit}`,
    'bitrate-high': ({ measured, limit }) => `${measured} Mbit/s, über ${limit}`,
    'forward-failing': ({ measured }) => `Gestörte Weiterleitungen: ${measured}`,
    'reader-discards': ({ measured }) => `Zu langsame Zuschauer: ${measured}`,
    'server-unreachable': () => 'Der Server kann nicht gelesen werden',
    'list-missing': () => 'Der Server kann nicht ganz gelesen werden',
    'no-data': () => 'Keine Nachricht vom Server',
    'cpu-high': ({ measured }) => `CPU bei ${measured}`,
    'memory-high': ({ measured }) => `Speicher bei ${measured}`,
    'disk-high': ({ measured }) => `Platte bei ${measured}`,
  },
  serverProblems: {
    down: 'ist nicht erreichbar',
    timeout: 'antwortet nicht rechtzeitig',
    unauthorized: 'weist die Zugangsdaten des Monitors ab',
    error: 'antwortet mit einem Fehler',
    invalid: 'antwortet unverständlich',
  },
  columns: {
    attention: 'Gesundheit',
    favourites: 'Favoriten zuerst',
    name: 'Stream',
    state: 'Status',
    inboundMbps: 'Eingang Mbit/s',
    outboundMbps: 'Ausgang Mbit/s',
    readers: 'Zuschauer',
    rttMs: 'RTT',
    linkLossPercent: 'Paketverlust',
    since: 'Seit',
  },
  unknown: 'unbekannt',
  nav: {
    main: 'Hauptmenü',
    streams: 'Streams',
    servers: 'Server',
    timeline: 'Verlauf',
    skip: 'Zum Inhalt springen',
  },
  header: {
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
  summary: {
    label: 'Gesamtlage',
    connecting: 'Verbindung wird aufgebaut …',
    unconnected: 'Der Monitor ist nicht erreichbar',
    refused: 'Der Monitor weist diese Seite ab',
    outdated: (age) =>
      age === null ? 'Unbekannt: bisher keine Daten' : `Unbekannt: letzte Daten vor ${age}`,
    empty: 'Noch nichts zu überwachen',
    well: 'Alles in Ordnung',
    unsure: (unknown, written) =>
      `Keine Störung bekannt, aber ${unknown === 1 ? '1 Stream ist' : `${written} Streams sind`} unbekannt`,
    streams: (count, written) =>
      count === 1 ? '1 Stream braucht Aufmerksamkeit' : `${written} Streams brauchen Aufmerksamkeit`,
    more: (count) => `${count} weitere`,
  },
  totals: {
    label: 'Summen',
    live: 'Streams live',
    ofAll: (count) => `von ${count}`,
    readers: 'Zuschauer',
    inbound: 'Eingang',
    outbound: 'Ausgang',
    incomplete: 'Nicht alle Server sind bekannt; was fehlt, ist nicht mitgezählt',
  },
  servers: {
    label: 'Server',
    cpu: (used) => `CPU ${used}`,
    memory: (used) => `RAM ${used}`,
    disk: (mount, used) => `Platte ${mount} ${used}`,
    hostSilent: (lastSeen) => `Rechner ${lastSeen}`,
    unread: (lists) => `nicht lesbar: ${lists}`,
  },
  filter: {
    label: 'Liste eingrenzen',
    search: 'Streams suchen',
    state: 'Status',
    health: 'Gesundheit',
    server: 'Server',
    protocol: 'Protokoll',
    all: 'alle',
    noProblem: 'Ohne Störung',
    clear: 'Alle zeigen',
    shown: (shown, all) => `${shown} von ${all} Streams`,
    table: 'Tabelle',
    cards: 'Karten',
    none: 'Kein Stream entspricht dem Filter',
    sortBy: 'Sortieren nach',
    ascending: 'aufsteigend',
    descending: 'absteigend',
  },
  table: {
    label: 'Streams',
    media: 'Medien',
    viewersBy: (count, protocol) => `${count} ${protocol}`,
    latency: (latency) => `Latenz ${latency}`,
    loss: (percent) => `${percent} Paketverlust`,
    lossDetail: (retransmitted, unrecovered) =>
      `erneut gesendet ${retransmitted}, endgültig verloren ${unrecovered}`,
    position: (first, last, all) => `${first}–${last} von ${all}`,
    moreReasons: (count) => `+${count}`,
  },
  signIn: {
    title: 'Anmelden',
    label: 'Token',
    hint: 'Wer den Monitor betreibt, erzeugt eines mit „make token“.',
    stay: 'In diesem Browser angemeldet bleiben',
    stayHint:
      'In jedem Tab und nach einem Neustart, bis sich jemand abmeldet: für einen Bildschirm an der Wand oder einen Rechner, den niemand sonst benutzt. Sonst wird das Token nur für diesen Tab gespeichert.',
    submit: 'Anmelden',
    notKept:
      'Dieser Browser speichert nichts für diese Seite, deshalb geht das Anmelden nicht. Bitte dieser Seite erlauben, Daten zu speichern.',
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
