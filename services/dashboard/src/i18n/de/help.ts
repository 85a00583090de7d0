import type { enHelpEntries } from '../en/help.ts';
import type { TextsOf } from '../en/index.ts';

/** Texte der Seite, die alles erklärt, auf Deutsch. */
export const deHelpEntries: TextsOf<typeof enHelpEntries> = {
  intro: 'Der Status sagt, was ein Stream tut. Eine Ursache sagt, was nicht stimmt; sie wird auch gemeldet.',
  alerts:
    'Diese Seite meldet sich, solange sie offen ist. Alarme per Telefon, Chat oder E-Mail sind aus, bis jemand einstellt, wer sie bekommt: wie, steht in docs/alerts.md.',
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
      todo: 'Nach Encoder oder Kamera sehen: Das Gerät ist verbunden, sendet aber nichts. Neu starten, wenn es hängt.',
    },
    standby: {
      means: 'Sein Sender ist weg, und Zuschauer sehen das Ersatzbild eines immer verfügbaren Pfads.',
      todo: 'Soll er live sein, nach dem Sender sehen. Das Ersatzbild zählt nicht als Verkehr.',
    },
    missing: {
      means: 'MediaMTX führt ihn nicht, obwohl er erwartet wird oder vor Kurzem live war.',
      todo: 'Nach dem Sender sehen, und ob der Pfad noch so heißt. Auf seiner Seite steht, was er zuletzt war.',
    },
    unknown: {
      means:
        'Der Server ist nicht lesbar, oder man hört nichts von ihm: Wie es dem Stream geht, weiß niemand.',
      todo: 'Zuerst nach der Störung des Servers sehen. Der Stream kann in Ordnung sein.',
    },
  },
  reasons: {
    'rtt-near-latency': {
      means:
        'Die Paketumlaufzeit der SRT-Strecke ist ein großer Teil ihrer Latenz: Verlorene Pakete kommen vielleicht zu spät.',
      todo: 'Die SRT-Latenz auf einer der beiden Seiten so weit erhöhen, wie die Seite des Streams empfiehlt.',
    },
    'link-loss': {
      means: 'Unterwegs herrscht Paketverlust. Solange SRT ihn ausgleicht, ist das Bild ganz.',
      todo: 'Nach der Leitung sehen (WLAN, Mobilfunk, voller Uplink); hört es nicht auf, die Bitrate senken.',
    },
    'unrecovered-loss': {
      means: 'Pakete kamen weder rechtzeitig noch erneut: Das Bild hat Lücken.',
      todo: 'Die SRT-Latenz erhöhen, die Bitrate senken oder eine bessere Leitung nehmen.',
    },
    'rtp-loss': {
      means:
        'RTP-Pakete gehen verloren; RTSP über UDP und WebRTC gleichen das nicht immer aus: Das Bild hat Lücken.',
      todo: 'Wo es geht, RTSP über TCP oder SRT nehmen; nach der Leitung sehen.',
    },
    discards: {
      means: 'Ein Zuschauer nimmt zu langsam ab; MediaMTX verwirft für ihn einen Teil.',
      todo: 'Nach Leitung und Gerät dieses Zuschauers sehen. Andere betrifft es nicht.',
    },
    'not-live': {
      means:
        'Laut MONITOR_CONFIG soll er jetzt live sein, und er ist es nicht. Ein Name mit * steht für die, die noch fehlen und nicht bekannt sind.',
      todo: 'Den Sender starten oder sehen, warum er sich nicht verbindet. Soll er jetzt nicht live sein, die Erwartung ändern.',
    },
    'source-down': {
      means: 'Der Server soll ihn ständig abrufen und kann es nicht.',
      todo: 'Prüfen, ob Kamera oder Quelle an und vom Server aus erreichbar ist, und ihre Zugangsdaten. Was MediaMTX sagt, steht ab MediaMTX 1.21 daneben; davor sagt sein Log, warum.',
    },
    'off-air': {
      means: 'Er war live und ist es nicht mehr: Der Sender hat aufgehört, oder seine Verbindung brach ab.',
      todo: 'War das nicht gewollt, nach dem Sender sehen. Nach einem normalen Ende gilt er von selbst als ruhend, ohne andere Einstellung nach 10 Minuten.',
    },
    stalled: {
      means: 'Seine Quelle ist verbunden, aber es kommen keine Daten an.',
      todo: 'Nach Encoder oder Kamera sehen und sie neu starten, wenn sie hängt.',
    },
    flapping: {
      means: 'Er hat in den letzten 10 Minuten oft neu begonnen.',
      todo: 'Nach Leitung und Strom des Senders sehen, und ob zwei Sender um denselben Namen streiten.',
    },
    'frame-errors': {
      means: 'Frames kommen fehlerhaft an.',
      todo: 'Nach Encoder und Leitung sehen; was vor dem Server kaputtgeht, kann er nicht heilen.',
    },
    'bitrate-low': {
      means: 'Es kommt weniger an, als die Spanne in MONITOR_CONFIG vorsieht.',
      todo: 'Prüfen, ob der Encoder die Qualität gesenkt hat oder ein schwarzes oder stehendes Bild zeigt; oder die Spanne ändern.',
    },
    'bitrate-high': {
      means: 'Es kommt mehr an, als die Spanne in MONITOR_CONFIG vorsieht.',
      todo: 'Die Einstellungen des Encoders prüfen; oder die Spanne ändern.',
    },
    'forward-failing': {
      means: 'MediaMTX kann seine Kopie des Streams nicht an einen anderen Server weiterleiten.',
      todo: 'Nach den Weiterleitungen auf der Seite des Streams sehen: was MediaMTX dort sagt, der andere Server, Adresse und Schlüssel.',
    },
    'reader-discards': {
      means: 'Für manche Zuschauer wird etwas verworfen, weil sie zu langsam abnehmen.',
      todo: 'Nach den Zuschauern auf der Seite des Streams sehen. Sind es fast alle, nach dem Netz des Servers.',
    },
    'server-unreachable': {
      means: 'Der Collector kann diesen MediaMTX nicht lesen. Ob die Streams laufen, weiß niemand.',
      todo: 'Prüfen, ob MediaMTX läuft, und Adresse und Zugangsdaten seiner API; die Seite der Server sagt, was versucht wurde.',
    },
    'list-missing': {
      means: 'Manche Listen dieses MediaMTX sind nicht lesbar; ein Teil der Anzeige fehlt oder ist alt.',
      todo: 'Ins Log von MediaMTX sehen; die Seite der Server nennt die Listen.',
    },
    'no-data': {
      means:
        'Der Monitor selbst hat seit einer Minute nichts von diesem Server gehört. MediaMTX kann in Ordnung sein.',
      todo: 'Prüfen, ob Collector und Redis laufen, dann den Rechner. MediaMTX deswegen nicht neu starten.',
    },
    'cpu-high': {
      means:
        'Die Prozessoren des Rechners sind fast immer beschäftigt. Streams müssen nicht leiden, können es aber bald.',
      todo: 'Nachsehen, was die Zeit braucht: Transcoding, Aufnahmen, etwas anderes als MediaMTX. Bleibt es so, entlasten.',
    },
    'memory-high': {
      means:
        'Vom Speicher des Rechners ist wenig frei. Ist er voll, beendet das System ein Programm, vielleicht MediaMTX.',
      todo: 'Nachsehen, welches Programm wächst, und es beenden oder begrenzen; oder mehr Speicher einbauen.',
    },
    'disk-high': {
      means: 'Eine Platte des Rechners ist fast voll. Ist sie voll, enden Aufnahmen und Logs.',
      todo: 'Alte Aufnahmen löschen oder verschieben, und MediaMTX sie früher löschen lassen (recordDeleteAfter).',
    },
  },
};
