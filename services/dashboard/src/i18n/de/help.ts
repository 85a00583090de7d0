import type { enHelpEntries } from '../en/help.ts';
import type { TextsOf } from '../en/index.ts';

/** Texte der Seite, die alles erklärt, auf Deutsch. */
export const deHelpEntries: TextsOf<typeof enHelpEntries> = {
  intro: 'Der Status sagt, was ein Stream tut. Eine Ursache sagt, was nicht stimmt; sie wird auch gemeldet.',
  alerts:
    'Diese Seite meldet sich, solange sie offen ist. Alarme per Telefon, Chat oder E-Mail gehen an die eingerichteten Empfänger; die Glocke zeigt sie unter „Wer benachrichtigt wird“. Wie man einen einrichtet, steht in docs/alerts.md.',
  statesTitle: 'Status',
  reasonsTitle: 'Ursachen',
  todo: 'Was zu tun ist',
  states: {
    live: {
      means: 'Jemand sendet ihn, oder der Server ruft ihn ab, und es kommen Daten an.',
      todo: 'Nichts, solange keine Ursache daneben steht.',
    },
    idle: {
      means: 'Der Pfad ist eingerichtet, und niemand sendet.',
      todo: 'Nichts. Soll er live sein, gehört er unter expected in MONITOR_CONFIG: Dann gibt es Alarm.',
    },
    waiting: {
      means:
        'Er hat eine Quelle, die noch nicht bereit ist: Der Server verbindet sich, oder er wartet auf Zuschauer.',
      todo: 'Nichts, wenn er bei Bedarf abgerufen wird. Sonst steht auf der Seite des Streams, was MediaMTX dazu sagt, ab MediaMTX 1.21; davor sagt sein Log, warum.',
    },
    stalled: {
      means: 'Seine Quelle ist verbunden, aber seit 3 Abfragen kam kein Byte.',
      todo: 'Encoder oder Kamera prüfen: Das Gerät ist verbunden, sendet aber nichts. Neu starten, wenn es hängt.',
    },
    standby: {
      means: 'Sein Sender ist weg, und Zuschauer sehen das Ersatzbild eines immer verfügbaren Pfads.',
      todo: 'Soll er live sein, den Sender prüfen. Das Ersatzbild zählt nicht als Datenverkehr.',
    },
    missing: {
      means: 'MediaMTX führt ihn nicht, obwohl er erwartet wird oder vor Kurzem live war.',
      todo: 'Den Sender prüfen, und ob der Pfad noch so heißt. Auf seiner Seite steht, was zuletzt war.',
    },
    unknown: {
      means:
        'Der Server ist nicht abfragbar, oder es kommen keine Daten von ihm: Wie es dem Stream geht, weiß niemand.',
      todo: 'Zuerst den Server prüfen. Der Stream kann in Ordnung sein.',
    },
  },
  reasons: {
    'rtt-near-latency': {
      means:
        'Die Paketumlaufzeit der SRT-Strecke ist ein großer Teil ihrer Latenz: Verlorene Pakete kommen vielleicht zu spät.',
      todo: 'Die SRT-Latenz auf einer der beiden Seiten so weit erhöhen, wie die Seite des Streams empfiehlt.',
    },
    'link-loss': {
      means: 'Auf der Strecke gehen Pakete verloren. Solange SRT sie ersetzt, bleibt das Bild ganz.',
      todo: 'Die Strecke prüfen (WLAN, Mobilfunk, voller Uplink); hört es nicht auf, die Bitrate senken.',
    },
    'unrecovered-loss': {
      means: 'Verlorene Pakete ließen sich nicht rechtzeitig ersetzen: Das Bild hat Lücken.',
      todo: 'Die SRT-Latenz erhöhen, die Bitrate senken oder eine bessere Strecke nehmen.',
    },
    'rtp-loss': {
      means:
        'RTP-Pakete gehen verloren; RTSP über UDP und WebRTC gleichen das nicht immer aus: Das Bild hat Lücken.',
      todo: 'Wo es geht, RTSP über TCP oder SRT nehmen; die Strecke prüfen.',
    },
    discards: {
      means: 'Ein Zuschauer nimmt die Daten zu langsam ab; MediaMTX verwirft für ihn einen Teil.',
      todo: 'Strecke und Gerät dieses Zuschauers prüfen. Andere betrifft es nicht.',
    },
    'not-live': {
      means:
        'Laut MONITOR_CONFIG soll er jetzt live sein, und er ist es nicht. Ein Name mit * steht für die, die noch fehlen und nicht bekannt sind.',
      todo: 'Den Sender starten oder klären, warum er sich nicht verbindet. Soll er jetzt nicht live sein, die Erwartung ändern.',
    },
    'source-down': {
      means: 'Der Server soll ihn ständig abrufen und kann es nicht.',
      todo: 'Prüfen, ob Kamera oder Quelle an und vom Server aus erreichbar ist, und ihre Zugangsdaten. Was MediaMTX sagt, steht ab MediaMTX 1.21 daneben; davor sagt sein Log, warum.',
    },
    'off-air': {
      means: 'Er war live und ist es nicht mehr: Der Sender hat aufgehört, oder seine Verbindung brach ab.',
      todo: 'War das nicht gewollt, den Sender prüfen. Nach einem normalen Ende gilt er von selbst als ruhend, ohne andere Einstellung nach 10 Minuten.',
    },
    stalled: {
      means: 'Seine Quelle ist verbunden, aber es kommen keine Daten an.',
      todo: 'Encoder oder Kamera prüfen und neu starten, falls das Gerät hängt.',
    },
    flapping: {
      means: 'Er ist in den letzten 10 Minuten oft neu gestartet.',
      todo: 'Strecke und Stromversorgung des Senders prüfen, und ob zwei Sender denselben Namen benutzen.',
    },
    'frame-errors': {
      means: 'Frames kommen fehlerhaft an.',
      todo: 'Encoder und Strecke prüfen; was fehlerhaft ankommt, kann der Server nicht reparieren.',
    },
    'bitrate-low': {
      means: 'Es kommt weniger an, als in MONITOR_CONFIG vorgesehen.',
      todo: 'Prüfen, ob der Encoder die Qualität gesenkt hat oder ein schwarzes oder stehendes Bild sendet; oder die Grenze ändern.',
    },
    'bitrate-high': {
      means: 'Es kommt mehr an, als in MONITOR_CONFIG vorgesehen.',
      todo: 'Die Einstellungen des Encoders prüfen; oder die Grenze ändern.',
    },
    'forward-failing': {
      means: 'MediaMTX kann seine Kopie des Streams nicht an einen anderen Server weiterleiten.',
      todo: 'Die Weiterleitungen auf der Seite des Streams prüfen: was MediaMTX dort sagt, der andere Server, Adresse und Schlüssel.',
    },
    'reader-discards': {
      means: 'Manche Zuschauer nehmen die Daten zu langsam ab; MediaMTX verwirft für sie einen Teil.',
      todo: 'Die Zuschauer auf der Seite des Streams prüfen; sind fast alle betroffen, das Netz des Servers.',
    },
    'server-unreachable': {
      means: 'Der Collector kann diesen MediaMTX nicht abfragen. Ob die Streams laufen, weiß niemand.',
      todo: 'Prüfen, ob MediaMTX läuft, und Adresse und Zugangsdaten seiner API; die Seite der Server sagt, was versucht wurde.',
    },
    'list-missing': {
      means: 'Manche Listen dieses MediaMTX sind nicht abfragbar; ein Teil der Anzeige fehlt oder ist alt.',
      todo: 'Ins Log von MediaMTX sehen; die Seite der Server nennt die Listen.',
    },
    'no-data': {
      means:
        'Der Monitor selbst bekommt seit einer Minute keine Daten von diesem Server. MediaMTX kann in Ordnung sein.',
      todo: 'Prüfen, ob Collector und Redis laufen, dann den Rechner. MediaMTX deswegen nicht neu starten.',
    },
    'cpu-high': {
      means: 'Die CPU des Rechners ist fast ständig ausgelastet; bald können Streams darunter leiden.',
      todo: 'Nachsehen, was die CPU auslastet: Transcoding, Aufnahmen, etwas anderes als MediaMTX. Bleibt es so, den Rechner entlasten.',
    },
    'memory-high': {
      means:
        'Vom RAM des Rechners ist wenig frei. Ist er voll, beendet das System ein Programm, vielleicht MediaMTX.',
      todo: 'Nachsehen, welches Programm wächst, und es beenden oder begrenzen, oder mehr RAM einbauen.',
    },
    'disk-high': {
      means: 'Eine Platte des Rechners ist fast voll. Ist sie voll, enden Aufnahmen und Logs.',
      todo: 'Alte Aufnahmen löschen oder verschieben, und MediaMTX sie früher löschen lassen (recordDeleteAfter).',
    },
  },
};
