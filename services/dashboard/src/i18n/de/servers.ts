import type { TextsOf } from '../en/index.ts';
import type { enServers } from '../en/servers.ts';

/** Texte der Zeilen von Servern und Rechnern, auf Deutsch. */
export const deServers: TextsOf<typeof enServers> = {
  serverRows: {
    lastHour: 'Die Linie zeigt die letzte Stunde',
    host: 'Rechner',
    memory: (percent) => `RAM ${percent}`,
    more: (name) => `Details zu ${name}`,
    details: 'Details',
    otherHosts: 'Weitere Rechner',
  },
};
