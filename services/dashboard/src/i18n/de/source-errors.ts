import type { enSourceErrors } from '../en/source-errors.ts';
import type { TextsOf } from '../en/index.ts';

/** Was im Weg steht, wenn ein Server nicht gelesen werden kann, auf Deutsch. */
export const deSourceErrors: TextsOf<typeof enSourceErrors> = {
  sourceErrors: {
    'connection-refused': (values) =>
      `MediaMTX hat die Verbindung zu ${values.url} abgelehnt: Es läuft nicht, oder seine API ist aus. Diese Zeilen in mediamtx.yml eintragen, anstelle derer, die genauso beginnen, und es neu starten:`,
    'connection-refused-in-container': (values) =>
      `MediaMTX hat die Verbindung zu ${values.url} abgelehnt: In einem Container ist ${values.host} der Container selbst, sofern er nicht das Netz seines Rechners teilt. MEDIAMTX_API_URL=${values.better} setzen, um den Rechner zu erreichen (extra_hosts: ["host.docker.internal:host-gateway"] in compose.yaml gibt ihm diesen Namen).`,
    'connection-cut': (values) =>
      `MediaMTX unter ${values.url} hat die Verbindung getrennt. Wenn das so bleibt, MEDIAMTX_API_URL prüfen: Vielleicht ist das ein anderer Port als der der API von MediaMTX, oder einer, der https:// will.`,
    'unknown-host': (values) =>
      `Der Rechner von ${values.url} ist nicht zu finden (${values.systemCode}). MEDIAMTX_API_URL prüfen.`,
    'unknown-host-of-container': (values) =>
      `Der Rechner von ${values.url} ist nicht zu finden (${values.systemCode}). Dem Rechner des Containers diesen Namen geben: extra_hosts: ["host.docker.internal:host-gateway"] in compose.yaml.`,
    'host-unreachable': (values) =>
      `Der Rechner von ${values.url} ist nicht erreichbar (${values.systemCode}). Netz und MEDIAMTX_API_URL prüfen.`,
    'request-failed': (values) => `Die Anfrage an ${values.url} ist fehlgeschlagen („${values.detail}“).`,
    timeout: (values) =>
      `MediaMTX unter ${values.url} hat nicht innerhalb von ${values.timeoutMs} ms geantwortet.`,
    'access-refused': (values) =>
      `MediaMTX unter ${values.url} hat den Zugriff verweigert: Von sich aus lässt es nur den eigenen Rechner fragen. MEDIAMTX_API_USER=monitor und MEDIAMTX_API_PASSWORD=choose-a-password setzen. Der Eintrag dafür gehört in mediamtx.yml unter authInternalUsers, eingerückt wie die, die dort stehen:`,
    'login-refused': (values) =>
      `MediaMTX unter ${values.url} hat den Zugriff verweigert: Es kennt diesen Benutzer mit diesem Passwort nicht, oder er darf die API nicht benutzen. MEDIAMTX_API_USER und MEDIAMTX_API_PASSWORD prüfen. Ein Eintrag für MEDIAMTX_API_USER=monitor gehört in mediamtx.yml unter authInternalUsers, eingerückt wie die, die dort stehen:`,
    'token-refused': (values) =>
      `MediaMTX unter ${values.url} hat den Zugriff verweigert: Es nimmt dieses Token nicht an. Vielleicht ist es abgelaufen, oder ihm fehlt das Recht auf die API. MEDIAMTX_API_TOKEN erneuern (die Datei, die MEDIAMTX_API_TOKEN_FILE nennt, wird nach einer Änderung neu gelesen). Mit authMethod: jwt braucht das Token diesen Claim:`,
    'tls-expected': (values) => `${values.url} will TLS. MEDIAMTX_API_URL=${values.rightUrl} setzen.`,
    'plain-expected': (values) =>
      `${values.url} spricht einfaches HTTP, kein TLS. MEDIAMTX_API_URL=${values.rightUrl} setzen, oder apiEncryption: yes in mediamtx.yml.`,
    'certificate-unknown': (values) =>
      `Für das Zertifikat von ${values.url} bürgt keine Stelle, die der Collector kennt (${values.systemCode}). MEDIAMTX_API_FINGERPRINT auf seinen SHA-256 setzen, oder MEDIAMTX_API_CA_FILE auf eine Datei mit dem Zertifikat der Stelle, die es ausgestellt hat. Auf dem Rechner von MediaMTX zeigt das den Fingerabdruck der Datei, die apiServerCert nennt:`,
    'certificate-name': (values) =>
      `Das Zertifikat von ${values.url} gilt nicht für ${values.host}. MEDIAMTX_API_FINGERPRINT auf seinen SHA-256 setzen, anstelle von MEDIAMTX_API_CA_FILE, oder in MEDIAMTX_API_URL einen Namen nehmen, für den es gilt. Auf dem Rechner von MediaMTX zeigt das den Fingerabdruck der Datei, die apiServerCert nennt:`,
    'certificate-expired': (values) =>
      `Das Zertifikat von ${values.url} ist jetzt nicht gültig (${values.systemCode}). Es erneuern, und die Uhren beider Rechner prüfen.`,
    'fingerprint-differs': (values) =>
      `Das Zertifikat von ${values.url} ist nicht das, das MEDIAMTX_API_FINGERPRINT nennt: Sein SHA-256 ist ${values.fingerprint}. Wenn MediaMTX ein neues Zertifikat hat, diesen setzen; wenn nicht, antwortet jemand anderes an seiner Stelle. Auf dem Rechner von MediaMTX zeigt das den Fingerabdruck der Datei, die apiServerCert nennt:`,
    redirected: (values) =>
      `${values.url} leitet Anfragen nach ${values.target} weiter (HTTP ${values.httpStatus}): Eine Anmeldeseite oder ein Proxy antwortet anstelle der API von MediaMTX. MEDIAMTX_API_URL auf die API selbst setzen, oder den Monitor an dem vorbeilassen, was davor steht.`,
    'other-port': (values) =>
      `${values.url} ist ${values.service === '' ? 'ein anderer Port' : `der Port für ${values.service}`} von MediaMTX, nicht der seiner API${values.service === '' ? ', oder ein MediaMTX vor 1.2.0' : ''}. MEDIAMTX_API_URL=${values.rightUrl} setzen (apiAddress in mediamtx.yml nennt den Port; ohne Angabe 9997).`,
    'wrong-path': (values) =>
      `${values.url} kennt die API von MediaMTX nicht: Der Pfad ${values.path} ist vermutlich zu viel. MEDIAMTX_API_URL=${values.rightUrl} setzen.`,
    'web-page': (values) =>
      `${values.url} hat für ${values.list} eine Webseite geschickt: Eine Anmeldeseite oder ein anderes Programm antwortet anstelle der API von MediaMTX. MEDIAMTX_API_URL prüfen (apiAddress in mediamtx.yml nennt den Port; ohne Angabe 9997).`,
    'not-found': (values) =>
      `${values.url} hat für ${values.list} mit HTTP 404 geantwortet. Das ist kein MediaMTX ab 1.2.0; MEDIAMTX_API_URL prüfen.`,
    'http-error': (values) =>
      `${values.url} hat für ${values.list} mit HTTP ${values.httpStatus} geantwortet.${values.httpStatus.startsWith('4') ? ' MEDIAMTX_API_URL prüfen.' : ''}`,
    'list-hidden': (values) =>
      `${values.url} hat für ${values.routes} mit 404 geantwortet, obwohl seine Liste der Pfade solche Verbindungen nennt. Entweder hält etwas auf dem Weg zu MediaMTX sie zurück, oder dieses MediaMTX hat einen anderen Namen für sie.`,
    'invalid-answer': (values) =>
      `${values.url} hat für ${values.list} eine falsche Antwort geschickt: ${values.cause}.`,
    'invalid-item': (values) =>
      `MediaMTX hat für ${values.list} eine falsche Antwort geschickt: Eintrag ${values.item} hat keinen eigenen Namen.`,
    'too-much': (values) =>
      `${values.url} hat mehr geschickt, als auf einmal gelesen wird: ${values.kind} in allen Listen zusammen${values.list === '' ? '' : `, das meiste davon in ${values.list}`}.`,
  },
  answerCauses: {
    'not-json': () => 'Sie ist kein JSON',
    'not-object': () => 'Sie ist kein JSON-Objekt',
    'no-body': () => 'Sie hat keinen Inhalt',
    'no-items': () => 'Sie hat keine Einträge',
    'no-counts': () => 'Sie nennt die Zahl der Einträge und Seiten nicht',
    'cut-short': () => 'Sie endete, bevor sie vollständig war',
    compressed: (found) =>
      `Sie ist gepackt${found === '' ? '' : ` (${found})`}, obwohl das nicht verlangt war; ist ein Proxy dazwischen, der das tut?`,
    'body-too-long': (_found, limit) => `Sie hat über ${limit} Bytes`,
    'head-too-long': (_found, limit) => `Sie hat neben ihren Einträgen über ${limit} Bytes`,
    'record-too-long': (_found, limit) => `Ein Eintrag hat über ${limit} Bytes`,
    'too-deep': (_found, limit) => `Sie ist über ${limit} Ebenen tief`,
    'too-many-pages': (found, limit) => `Sie hat ${found} Seiten, mehr als ${limit}`,
    'too-few-items': (found, limit) => `Sie hat ${found} Einträge, versprochen waren ${limit}`,
  },
  tooMuch: {
    bytes: (limit) => `über ${limit}`,
    values: (limit) => `über ${limit} Werte`,
    records: (limit) => `über ${limit} Einträge`,
  },
};
