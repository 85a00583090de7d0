import type { AlertTexts } from './texts.ts';

/** Alle Texte auf Deutsch. */
export const de: AlertTexts = {
  locale: 'de-DE',
  reasons: {
    'rtt-near-latency': {
      what: ({ measured }) => `RTT bei ${measured} der SRT-Latenz`,
      cause: 'Verlorene Pakete kommen womöglich zu spät noch einmal an.',
      todo: 'Die SRT-Latenz erhöhen, egal auf welcher Seite.',
    },
    'link-loss': {
      what: ({ measured }) => `${measured} Paketverlust auf der Strecke`,
      cause: 'Auf der Strecke gehen Pakete verloren; das Bild bleibt ganz, solange SRT sie ersetzt.',
      todo: 'Die Strecke prüfen (WLAN, Mobilfunk, voller Uplink) oder die Bitrate senken.',
    },
    'unrecovered-loss': {
      what: ({ measured }) => `${measured} der Pakete endgültig verloren`,
      cause: 'Verlorene Pakete ließen sich nicht rechtzeitig ersetzen: Das Bild hat Lücken.',
      todo: 'SRT-Latenz erhöhen, Bitrate senken oder auf eine bessere Strecke wechseln.',
    },
    'rtp-loss': {
      what: ({ measured }) => `${measured} Paketverlust (RTP)`,
      cause: 'Auf der Strecke gehen Pakete verloren, die niemand noch einmal sendet: Das Bild hat Lücken.',
      todo: 'Möglichst über SRT oder RTSP mit TCP senden und die Strecke prüfen.',
    },
    discards: {
      what: ({ measured }) => `Zu langsam: ${measured} Frames oder Pakete pro Sekunde verworfen`,
      cause: 'Ein Zuschauer nimmt die Daten zu langsam ab.',
      todo: 'Strecke und Gerät dieses Zuschauers prüfen.',
    },
    'not-live': {
      what: () => 'Erwartet, aber nicht live',
      cause: 'Der Stream soll jetzt live sein, und niemand sendet ihn.',
      todo: 'Den Sender starten oder klären, warum er sich nicht verbindet.',
    },
    'source-down': {
      what: () => 'Quelle nicht abrufbar',
      cause: 'MediaMTX soll den Stream ständig abrufen und kann es nicht.',
      todo: 'Prüfen, ob Kamera oder Quelle an und vom Server aus erreichbar ist und die Zugangsdaten stimmen.',
    },
    'off-air': {
      what: () => 'Nicht mehr auf Sendung',
      cause: 'Der Stream war live: Der Sender hat aufgehört, oder die Verbindung ist abgebrochen.',
      todo: 'Wenn das nicht gewollt war, Sender und Strecke prüfen.',
    },
    stalled: {
      what: () => 'Es kommen keine Daten an',
      cause: 'Der Sender ist verbunden, schickt aber nichts.',
      todo: 'Encoder oder Kamera prüfen und neu starten, falls das Gerät hängt.',
    },
    flapping: {
      what: ({ measured }) => `${measured} Neustarts in 10 Minuten`,
      cause: 'Der Sender verliert immer wieder die Verbindung.',
      todo: 'Strecke und Stromversorgung des Senders prüfen, und ob zwei Sender denselben Namen benutzen.',
    },
    'frame-errors': {
      what: ({ measured }) => `${measured} fehlerhafte Frames pro Sekunde`,
      cause: 'Die Frames sind schon fehlerhaft, wenn sie am Server ankommen.',
      todo: 'Encoder und Strecke prüfen.',
    },
    'bitrate-low': {
      what: ({ measured, limit }) => `Bitrate zu niedrig: ${measured} Mbit/s, unter ${limit}`,
      cause: 'Es kommt weniger an als eingestellt.',
      todo: 'Prüfen, ob der Encoder die Qualität gesenkt hat oder ein schwarzes oder stehendes Bild sendet.',
    },
    'bitrate-high': {
      what: ({ measured, limit }) => `Bitrate zu hoch: ${measured} Mbit/s, über ${limit}`,
      cause: 'Es kommt mehr an als eingestellt.',
      todo: 'Die Einstellungen des Encoders prüfen.',
    },
    'forward-failing': {
      what: ({ measured }) => `Gestörte Weiterleitungen: ${measured}`,
      cause: 'MediaMTX kann den Stream nicht an einen anderen Server weiterleiten.',
      todo: 'Den anderen Server prüfen, dazu Adresse und Schlüssel der Weiterleitung.',
    },
    'reader-discards': {
      what: ({ measured }) => `Zu langsame Zuschauer: ${measured}`,
      cause: 'Sie nehmen die Daten zu langsam ab, ein Teil wird für sie verworfen.',
      todo: 'Ihre Strecken prüfen; sind fast alle betroffen, das Netz des Servers.',
    },
    'server-unreachable': {
      what: () => 'Nicht abfragbar',
      cause: 'MediaMTX gibt dem Monitor keine brauchbare Antwort; ob die Streams laufen, ist unbekannt.',
      todo: 'Prüfen, ob MediaMTX läuft und ob Adresse und Zugangsdaten seiner API stimmen.',
    },
    'list-missing': {
      what: () => 'Nur teilweise abfragbar',
      cause: 'MediaMTX liefert nicht alle Listen, ein Teil der Angaben ist deshalb alt.',
      todo: 'Ins Log von MediaMTX sehen.',
    },
    'no-data': {
      what: () => 'Keine Daten',
      cause: 'Der Monitor selbst bekommt keine Daten von diesem Server; MediaMTX kann in Ordnung sein.',
      todo: 'Prüfen, ob Collector und Redis laufen, dann den Rechner. MediaMTX deswegen nicht neu starten.',
    },
    'cpu-high': {
      what: ({ measured }) => `CPU bei ${measured}`,
      cause: 'Die CPU des Rechners ist fast ständig ausgelastet; bald können Streams darunter leiden.',
      todo: 'Nachsehen, was sie auslastet: Transcoding, Aufnahmen oder etwas anderes.',
    },
    'memory-high': {
      what: ({ measured }) => `RAM bei ${measured}`,
      cause: 'Es ist kaum noch RAM frei; ist er voll, beendet das System ein Programm.',
      todo: 'Nachsehen, welches Programm wächst, und es begrenzen oder neu starten.',
    },
    'disk-high': {
      what: ({ measured }) => `Platte bei ${measured}`,
      cause: 'Eine Platte ist fast voll; ist sie es ganz, enden Aufnahmen und Logs.',
      todo: 'Alte Aufnahmen löschen oder verschieben und MediaMTX sie früher löschen lassen.',
    },
  },
  causes: {
    'server-restarted': {
      cause: 'MediaMTX wurde neu gestartet, und der Stream ist seitdem nicht zurück.',
      todo: 'Prüfen, ob sich der Sender von selbst wieder verbindet, sonst neu starten.',
    },
    'path-changed': {
      cause: 'Sein Pfad wurde in der Konfiguration von MediaMTX geändert oder entfernt.',
      todo: 'Wenn das nicht gewollt war, den Pfad dort wieder eintragen.',
    },
    stalled: {
      cause: 'Schon vor dem Ende kamen keine Daten mehr: Encoder eingefroren oder Strecke unterbrochen.',
      todo: 'Encoder oder Kamera prüfen, und die Strecke.',
    },
  },
  severities: { critical: 'Kritisch', warning: 'Warnung' },
  unknownReason: {
    cause: 'Das meldet eine neuere Version als die, von der dieser Text stammt.',
    todo: 'Im Dashboard nachsehen.',
  },
  subject: {
    server: (server) => `Server ${server}`,
    host: (host) => `Rechner ${host}`,
    streamsOf: (written, server) => `${written} Streams von Server ${server}`,
    streams: (count, written) => (count === 1 ? '1 Stream' : `${written} Streams`),
    servers: (_count, written) => `${written} Server`,
    hosts: (_count, written) => `${written} Rechner`,
    alerts: (written) => `${written} Alarme`,
  },
  inTrouble: 'gestört',
  simulated: 'simuliert',
  titles: {
    fired: (what) => what,
    repeated: (what) => `Weiterhin: ${what}`,
    resolved: (what) => `Behoben: ${what}`,
  },
  besides: {
    repeated: (written) => `weiterhin: ${written}`,
    resolved: (written) => `behoben: ${written}`,
  },
  sections: { fired: 'Neu:', repeated: 'Weiterhin:', resolved: 'Behoben:' },
  labels: {
    stream: 'Stream',
    server: 'Server',
    host: 'Rechner',
    since: (time, duration) => `Seit ${time} (${duration})`,
    was: (what) => `Das war: ${what}`,
    lasted: (from, to, duration) => `Dauer ${duration}: ${from} bis ${to}`,
    comesAndGoes: (written) => `Die Störung kommt und geht: Sie kam ${written}-mal wieder.`,
    also: (reasons) => `Außerdem: ${reasons}`,
    detail: (detail) => `Genauer: ${detail}`,
    todo: (todo) => `Was zu tun ist: ${todo}`,
  },
  items: {
    ill: (name, what, duration) => `${name}: ${what} (seit ${duration})`,
    resolved: (name, what, duration) => `${name}: ${what} (${duration} lang)`,
    streamAt: (name, server) => `${name} auf ${server}`,
    more: (written) => `und ${written} weitere`,
  },
  test: {
    title: (target) => `Test: ${target}`,
    lines: ['Jemand hat diesen Test ausgelöst. Kommt er an, kommen auch Alarme an.'],
  },
  gone: {
    title: (target) => `Den Empfänger ${target} gibt es nicht mehr`,
    lines: [
      'Er antwortet, dass er nicht mehr existiert (410), und bekommt deshalb nichts mehr.',
      'Was zu tun ist: ihm in MONITOR_CONFIG eine andere Adresse geben oder ihn dort löschen.',
    ],
  },
  nothing: 'Nichts Neues',
};
