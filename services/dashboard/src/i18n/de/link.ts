import type { enLink } from '../en/link.ts';
import type { TextsOf } from '../en/index.ts';

/** Texte über die Verbindung, auf Deutsch. */
export const deLink: TextsOf<typeof enLink> = {
  link: {
    retrying: 'Neuer Versuch in Kürze.',
    lost: 'Verbindung verloren. Das ist der letzte Stand; nichts davon ist aktuell.',
    lastSeen: (age) => `zuletzt gesehen vor ${age}`,
    unreadable: 'Diese Seite versteht nicht alles, was der Monitor sendet. Vielleicht ist er neuer als sie.',
    reload: 'Neu laden',
    failures: {
      unreachable: 'Der Monitor ist nicht erreichbar oder lehnt die Verbindung ab.',
      lost: 'Die Verbindung wurde geschlossen.',
      silent: 'Der Monitor hat zu lange nichts gesendet.',
      restarting: 'Der Monitor startet neu.',
      unauthorized: 'Das Token fehlt, ist falsch oder wurde gesperrt.',
      forbidden:
        'Der Monitor lässt die Adresse dieser Seite nicht zu. ALLOWED_HOSTS und ALLOWED_ORIGINS der API sagen, welche er zulässt.',
      'sent-away': 'Der Monitor hat diese Seite endgültig abgewiesen.',
      'too-many-requests': 'Der Monitor hat gerade zu viel zu tun.',
      'no-ticket': 'Der Monitor hat diese Seite abgewiesen.',
      'no-token': 'Es gibt kein Token zum Anmelden.',
      blocked: 'Dieser Browser lässt keinen WebSocket zu dieser Adresse zu.',
      'bad-data': 'Der Monitor hat etwas gesendet, das diese Seite nicht lesen kann.',
      'bad-message': 'Der Monitor hat diese Seite nicht verstanden. Sie sollte neu geladen werden.',
      'too-many-messages': 'Diese Seite hat zu oft gefragt.',
      'too-many-filters': 'Der Monitor nimmt gerade keinen weiteren Filter für Streams an.',
    },
    forbidden: {
      host: (name) =>
        `Ohne Tokens antwortet der Monitor nur unter Namen, die ihm genannt wurden, und ${name} ist keiner davon.`,
      origin: (origin) =>
        `Diese Seite liegt unter ${origin}, der Monitor wurde aber unter einer anderen Adresse gefragt: Der Proxy dazwischen reicht einen anderen Host weiter.`,
      setting:
        'In den Einstellungen der API (oder diese Seite über ihre IP-Adresse öffnen, oder dem Monitor Tokens geben):',
      proxy: 'In nginx, in der location des Monitors:',
      foreign:
        'Wenn diese Seite unter einer anderen Adresse liegen soll als der Monitor, in den Einstellungen der API:',
    },
    events: {
      what: 'Zum Monitor kommt kein WebSocket durch; diese Seite bezieht ihre Daten deshalb über einfaches HTTP. Es fehlt nichts.',
      more: 'Was einzustellen ist',
      proxy: 'Der Proxy dazwischen muss Upgrades weiterreichen. In nginx, in der location des Monitors:',
      tabs: 'Bis dahin muss die siebte offene Seite vielleicht warten: Über HTTP/1.1 öffnet ein Browser sechs Verbindungen zu einer Adresse, und die Seite eines Streams braucht zwei.',
      again: 'Danach diese Seite neu laden.',
      hide: 'Ausblenden',
    },
  },
};
