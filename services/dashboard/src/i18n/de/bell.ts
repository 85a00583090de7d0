import type { enBell } from '../en/bell.ts';
import { DEFAULT_COMMENTS } from '../../model/silence-comment.ts';
import type { TextsOf } from '../en/index.ts';

/** Texte der Alarme, auf Deutsch. */
export const deBell: TextsOf<typeof enBell> = {
  title: 'Alarme',
  close: 'Schließen',
  nothing: 'Kein Alarm.',
  firing: (count) => `Aktuell (${count})`,
  silenced: (count) => `Stummgeschaltet (${count})`,
  allSilenced: 'Alle aktuellen Alarme sind stummgeschaltet.',
  unsure: (count) => `Erholt sich oder unbekannt (${count})`,
  resolved: (count) => `In der letzten Stunde behoben (${count})`,
  more: (count) => `${count} weitere sind hier nicht gezeigt.`,
  pending: (count, written) =>
    count === 1
      ? '1 weitere Störung ist noch zu kurz für einen Alarm.'
      : `${written} weitere Störungen sind noch zu kurz für einen Alarm.`,
  unknown:
    'Gerade nicht bekannt: Der Monitor ist nicht erreichbar, oder diese Seite hat sich eben erst verbunden.',
  noAlerter:
    'Der Alerter läuft nicht, deshalb wird niemand benachrichtigt, außer durch diese Seite. Wie man ihn startet: docs/alerts.md, „Be told on your phone in five minutes“.',
  noTargets:
    'Kein Empfänger ist eingerichtet, deshalb wird niemand benachrichtigt, außer durch diese Seite. Wie man einen einrichtet: docs/alerts.md, „Be told on your phone in five minutes“.',
  warnings: {
    'files-differ':
      'Ein zweiter Alerter steht bereit, und in seiner MONITOR_CONFIG steht zu Alarmen etwas anderes: Wer benachrichtigt wird, hängt davon ab, welcher von beiden gerade arbeitet. Beide brauchen dieselbe Datei.',
  },
  otherWarning: (code) => `Der Alerter warnt: ${code}`,
  rights: {
    noTokens:
      'Niemand kann hier übernehmen, stummschalten oder testen, weil der Monitor keine Tokens hat. Wie man eines erzeugt: docs/operations.md, „Let others in“.',
    reader: (name) =>
      `Das Token „${name}“ darf nur lesen. Zum Übernehmen, Stummschalten und Testen muss sein Name in API_OPERATORS stehen: docs/operations.md, „Let others in“.`,
    unknown: 'Ob dieses Token übernehmen, stummschalten oder testen darf, ist gerade nicht bekannt.',
  },
  states: {
    pending: 'noch kein Alarm',
    firing: 'aktuell',
    recovering: 'wieder in Ordnung, aber noch nicht lange genug',
    unknown: 'gerade nicht bekannt',
    resolved: 'behoben',
  },
  subjects: {
    stream: (name) => name,
    server: (name) => `Server ${name}`,
    host: (name) => `Rechner ${name}`,
  },
  isNew: 'Neu',
  since: (at, duration) => `seit ${at}, ${duration} lang`,
  lasted: (from, to, duration) => `${from} bis ${to}, ${duration}`,
  returns: (count, written) => (count === 1 ? 'kam einmal wieder' : `kam ${written}-mal wieder`),
  history: 'Diagramme zu dieser Zeit',
  told: {
    label: 'Benachrichtigt',
    to: (target, at) => `${target} um ${at}`,
    over: (target, at) => `${target} um ${at} (behoben)`,
    onItsWay: (text, error) =>
      error === null ? `${text} (noch nicht zugestellt)` : `${text} (noch nicht zugestellt: ${error})`,
    muted: (by) => `Nicht einzeln gemeldet: Die Ursache ist ${by}.`,
    silenced: (by, until, comment) =>
      `Stummgeschaltet von ${by} bis ${until}${comment === '' ? '.' : `: ${comment}`}`,
    maintenance: (name) => `Stumm wegen des Wartungsfensters „${name}“.`,
    failing: (target, error) =>
      `${target} wurde nicht benachrichtigt: Dorthin lässt sich nichts zustellen${error === null ? '' : ` (${error})`}.`,
    noTarget: 'niemand: Es ist kein Empfänger eingerichtet.',
    nobody: 'niemand: Bisher ging es an keinen Empfänger.',
  },
  acknowledged: (by, at) => `Übernommen von ${by} um ${at}`,
  acknowledge: 'Übernehmen',
  acknowledgeHint: 'Du kümmerst dich darum: Bis es behoben ist, wird niemand noch einmal benachrichtigt.',
  silence: {
    open: 'Stummschalten …',
    what: 'Was',
    stream: 'Diesen Stream',
    server: (name) => `Server ${name} mit allen Streams`,
    host: (name) => `Rechner ${name}`,
    glob: 'Streams mit Namen',
    globHint: '* steht für alles bis zum Schrägstrich, ** für alles: cam/**',
    reason: (text) => `Alles mit der einzigen Störung „${text}“`,
    anyServer: 'Alle Server',
    anyReason: 'Jede Störung',
    serverLabel: 'Server',
    reasonLabel: 'Störung',
    comment: 'Warum',
    defaultComment: DEFAULT_COMMENTS.de,
    until: 'Bis wann',
    hour: '1 Stunde',
    today: (time) => `Bis heute, ${time} Uhr`,
    tomorrow: (time) => `Bis morgen, ${time} Uhr`,
    other: 'Andere Zeit',
    otherSend: 'Stummschalten',
    badTime: 'Bitte eine Zeit wählen, die noch kommt, höchstens 30 Tage voraus.',
    nothingChosen: 'Bitte mindestens Server, Label, Rechner, Name oder Störung wählen.',
    labelLabel: 'Server mit Label',
    anyLabel: 'Jedes Label',
    hostLabel: 'Rechner',
    anyHost: 'Keiner',
    tooLong:
      'Dieser Name ist zu lang zum Stummschalten oder hat zu viele Sternchen. Stattdessen den Server wählen.',
  },
  silences: {
    title: (count) => `Stummgeschaltet (${count})`,
    none: 'Nichts ist stummgeschaltet.',
    add: 'Neu stummschalten …',
    until: (until, by) => `bis ${until}, von ${by}`,
    ofServer: (name) => `Server ${name}`,
    ofStreams: (glob) => `Streams ${glob}`,
    ofReason: (text) => `„${text}“`,
    ofStream: (name) => `Stream ${name}`,
    ofHost: (name) => `Rechner ${name}`,
    ofLabels: (labels) => `Server mit ${labels}`,
    on: (streams, server) => `${streams} auf ${server}`,
    end: 'Beenden',
    endThis: 'Nicht mehr stummschalten',
    endOf: (what) => `Nicht mehr stummschalten: ${what}`,
    maintenance: (name) => `Wartungsfenster „${name}“`,
    maintenanceCount: (count, written) =>
      `aus der Konfiguration; macht gerade ${count === 1 ? '1 Alarm' : `${written} Alarme`} stumm`,
  },
  targets: {
    title: 'Wer benachrichtigt wird',
    ok: 'funktioniert',
    never: 'bisher nichts gesendet',
    delivered: (at) => `zuletzt zugestellt ${at}`,
    failing: (error) => `gestört: ${error}`,
    waits: (duration) => `Nachrichten warten seit ${duration}`,
    disabled: 'gibt es laut eigener Antwort nicht mehr; nichts wird gesendet',
    test: 'Testen',
    testOf: (name) => `Testnachricht an ${name}`,
    tested: 'Ein Test pro Minute ist möglich; der letzte war eben erst.',
    testDelivered: (at) => `Der Test wurde um ${at} zugestellt.`,
    testFailed: (error) => `Der Test wurde nicht zugestellt: ${error}`,
    undelivered: 'Nicht zugestellt',
    message: {
      test: 'ein Test',
      gone: 'dass es einen anderen Empfänger nicht mehr gibt',
      alerts: (count) => `über ${count} Alarme`,
    },
    again: 'Erneut senden',
    againOf: (target, at) => `Erneut an ${target} senden, was um ${at} entstand`,
    noNotifications: 'Was aus den Nachrichten wurde, ist gerade nicht bekannt.',
  },
  change: {
    sending: 'Wird gesendet …',
    sent: 'Gesendet; der Alerter ist dran …',
    done: 'Erledigt.',
    late: 'Gesendet, aber noch nicht erledigt. Bleibt es so, sagt das Log des Alerters, warum.',
    failed: {
      'no-alerter': 'Der Alerter läuft nicht, deshalb hat sich nichts geändert.',
      'writes-off': 'Niemand darf hier etwas ändern: Dazu braucht es Tokens und API_OPERATORS.',
      'not-operator': 'Dieses Token darf nur lesen: Sein Name steht nicht in API_OPERATORS.',
      unauthorized: 'Der Monitor kennt dieses Token nicht mehr. Bitte neu anmelden.',
      'tested-already':
        'Dieser Empfänger wurde in der letzten Minute schon getestet. Bitte gleich noch einmal versuchen.',
      'too-many-requests': 'Zu viele Anfragen von hier. Bitte in einer Minute noch einmal versuchen.',
      'too-many-silences': 'Mehr lässt sich nicht stummschalten. Bitte erst etwas davon beenden.',
      'unknown-alert': 'Diesen Alarm gibt es nicht mehr.',
      'unknown-silence': 'Das ist schon nicht mehr stummgeschaltet.',
      'unknown-target': 'Dieser Empfänger ist nicht mehr eingerichtet.',
      'target-gone': 'Diesen Empfänger gibt es nicht mehr; nichts wird dorthin gesendet.',
      'unknown-notification': 'Diese Nachricht ist nicht mehr gespeichert.',
      'store-unavailable': 'Der Monitor kann es gerade nicht speichern. Bitte gleich noch einmal versuchen.',
      unreachable: 'Der Monitor ist nicht erreichbar; soweit bekannt, hat sich nichts geändert.',
    },
    refused: (detail) => `Der Monitor weist es ab: ${detail}`,
  },
};
