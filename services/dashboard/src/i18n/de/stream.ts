import type { enStream } from '../en/stream.ts';
import type { TextsOf } from '../en/index.ts';

/** Texte der Seite eines Streams, auf Deutsch. */
export const deStream: TextsOf<typeof enStream> = {
  stream: {
    back: 'Alle Streams',
    gone: 'Diesen Stream gibt es nicht',
    goneHint: 'Vielleicht ist er beendet oder umbenannt. Sobald er wieder da ist, zeigt ihn diese Seite.',
    notYet: 'Wartet auf Daten dieses Streams …',
    time: 'Zeit',
    seenSince: (time) => `Auf dieser Seite seit ${time}`,
    pause: 'Anhalten',
    resume: 'Weiter',
    pausedAt: (time) => `Angehalten um ${time}`,
    charts: 'Diagramme',
    rates: 'Bitrate in Mbit/s',
    inbound: 'Eingang',
    outbound: 'Ausgang',
    viewers: 'Zuschauer',
    rtt: 'Paketumlaufzeit (RTT)',
    rttNow: 'jetzt',
    rttP50: 'Median',
    rttP95: 'p95',
    loss: 'Paketverlust auf der Strecke des Senders',
    lossNow: 'Paketverlust',
  },
  evidence: {
    serverStale: 'Der Monitor bekommt keine Daten von diesem Server; was hier steht, ist alt.',
    connectionsUnknown: 'Verbindungen sind noch nicht bekannt.',
    connectionsMissing: 'Bei der letzten Abfrage ließen sich nicht alle Verbindungen abrufen.',
    arriving: {
      idle: 'Es wird nichts gesendet.',
      waiting: 'Er wartet auf seine Quelle; es kommt nichts an.',
      live: 'Was ankommt, ist in Ordnung.',
      stalled: 'Es kommt nichts an.',
      standby: 'Er zeigt sein Ersatzbild; es kommt nichts an.',
      missing: 'MediaMTX führt ihn gerade nicht; es kommt nichts an.',
      unknown: 'Ob etwas ankommt, ist nicht bekannt.',
    },
    wasStalled: 'Bevor er verschwand, kamen schon keine Daten mehr.',
    noViewers: 'Niemand schaut zu.',
    othersIll: (count, total) =>
      total === '1'
        ? 'Der andere Stream dieses Servers, der läuft oder laufen sollte, ist ebenso gestört.'
        : `${count} von ${total} anderen Streams dieses Servers, die laufen oder laufen sollten, ${count === '1' ? 'ist' : 'sind'} ebenso gestört.`,
    othersWell: (total) =>
      `Keiner der ${total} anderen Streams dieses Servers, die laufen oder laufen sollten, ist ebenso gestört.`,
    otherWell: 'Der andere Stream dieses Servers, der läuft oder laufen sollte, ist nicht ebenso gestört.',
    onlyStream: 'Kein anderer Stream dieses Servers läuft oder sollte laufen.',
    hostLoad: {
      cpu: (percent) => `Die CPU des Rechners ist zu ${percent} ausgelastet.`,
      memory: (percent) => `Der RAM des Rechners ist zu ${percent} belegt.`,
      disk: (percent, mount) => `Die Platte ${mount} des Rechners ist zu ${percent} belegt.`,
    },
    hostInboundDrops: (perSecond) =>
      `Das Netz des Rechners verwirft ${perSecond} ankommende Pakete pro Sekunde.`,
    hostOutboundDrops: (perSecond) =>
      `Das Netz des Rechners verwirft ${perSecond} ausgehende Pakete pro Sekunde.`,
    viewersIll: (count, total) =>
      total === '1'
        ? 'Der einzige Zuschauer ist gestört.'
        : `${count} von ${total} Zuschauern ${count === '1' ? 'ist' : 'sind'} gestört.`,
    viewerWell:
      'Die Verbindung zum einzigen Zuschauer ist in Ordnung, soweit das Protokoll es erkennen lässt.',
    viewersWell: (total) =>
      `Die Verbindungen zu allen ${total} Zuschauern sind in Ordnung, soweit die Protokolle es erkennen lassen.`,
    someWell: (count, total) =>
      `Die Verbindungen zu ${count} von ${total} Zuschauern sind in Ordnung, soweit die Protokolle es erkennen lassen.`,
    viewersUnknown: (count) => `Von ${count} Zuschauern ist nichts bekannt.`,
  },
  advice: {
    title: 'SRT-Latenz',
    worth: 'Empfohlen',
    enough: 'Was eingestellt ist, genügt.',
    notKnown: 'Was eingestellt ist, ist nicht bekannt.',
    raise: (latency) => `Auf einer der beiden Seiten auf ${latency} erhöhen; der größere Wert gilt.`,
    formula: (rtt, trips, result) => `p95 der RTT ${rtt} × ${trips} = ${result}, aufgerundet auf volle 10 ms`,
    why: (loss, trips) =>
      `Bei ${loss} Paketverlust muss ein Paket bis zu ${trips}-mal gesendet werden, bis höchstens eines von einer Million verloren bleibt; mindestens 4-mal, und mindestens 120 ms.`,
    wait: 'Braucht etwa eine Minute Messwerte.',
  },
  media: {
    title: 'Medien',
    video: 'Video',
    audio: 'Audio',
    profile: 'Profil',
    sampleRate: 'Abtastrate',
    channels: 'Kanäle',
    others: 'Weitere',
    tracks: 'Spuren',
    received: 'Empfangen',
    sent: 'Gesendet',
    restarts: 'Neustarts in 10 min',
    damaged: 'Fehlerhafte Frames',
    source: 'Quelle',
  },
  connections: {
    publisher: 'Sender',
    viewers: 'Zuschauer',
    none: 'Niemand schaut zu.',
    unread: 'Bei der letzten Abfrage ließen sich die Verbindungen nicht abrufen.',
    unlisted: 'MediaMTX zählt Zuschauer, nennt aber keine Verbindung von ihnen.',
    waiting: 'Wartet auf Verbindungen …',
    lost: 'Von den Verbindungen kommen keine Daten.',
    who: 'Wer',
    protocol: 'Protokoll',
    rate: 'Mbit/s',
    loss: 'Paketverlust',
    jitter: 'Jitter',
    discarded: 'Verworfen',
    since: 'Seit',
    assessment: 'Verbindung',
    more: (count) => `${count} weitere zeigen`,
    hidden: 'Adresse verborgen',
    masked: 'Das Ende dieser Adresse ist unkenntlich: x.',
    maskedKept: 'Von Sitzungen werden Adressen ohne ihr Ende gespeichert: Dafür steht x.',
  },
  preview: {
    title: 'Vorschau',
    start: 'Bild zeigen',
    starting: 'Startet …',
    stop: 'Beenden',
    hint: 'Spielt direkt von MediaMTX, als ein weiterer Zuschauer.',
    over: (protocol) => `Über ${protocol}, zunächst ohne Ton`,
    failed: {
      unauthorized:
        'MediaMTX verlangt für diesen Stream eine Anmeldung; hier ist er deshalb nicht abspielbar.',
      missing: 'MediaMTX hat unter diesem Namen gerade nichts abzuspielen.',
      refused: 'MediaMTX hat mit einem Fehler geantwortet.',
      'no-media': 'Es kam nicht rechtzeitig ein Bild. Vielleicht ist eine Firewall dazwischen.',
      codec: 'Dieser Browser spielt den Codec des Streams nicht ab.',
      'not-allowed':
        'Dieser Browser lässt die Seite nichts abspielen; siehe seine Einstellungen für diese Seite.',
      unsupported: 'Dieser Browser kann nichts davon abspielen.',
      outdated:
        'Ein Teil dieser Seite lässt sich nicht mehr laden; vielleicht wurde sie aktualisiert. Bitte neu laden.',
      unreachable: 'Die Vorschau-Adresse ist nicht erreichbar oder lässt diese Seite nicht zu.',
      ended: 'Das Bild ist zu Ende: Der Stream endete, oder die Verbindung ging verloren.',
      'no-address':
        'Es ist keine Vorschau-Adresse eingestellt. PREVIEW_WEBRTC_URL oder PREVIEW_HLS_URL der API sagen, wo Browser abspielen können.',
      blocked:
        'Diese Seite kam über https, die Vorschau-Adresse ist http: Das spielt kein Browser ab. MediaMTX braucht ein Zertifikat oder denselben Proxy davor.',
      'no-api': 'Die API hat nicht gesagt, wo Streams abspielbar sind.',
    },
  },
};
