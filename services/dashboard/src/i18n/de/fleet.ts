import type { enFleet } from '../en/fleet.ts';
import type { TextsOf } from '../en/index.ts';

/** Texte darüber, was von Servern, Rechnern und nicht laufenden Streams gilt, auf Deutsch. */
export const deFleet: TextsOf<typeof enFleet> = {
  looks: { ok: 'OK', rest: 'Ruht', warning: 'Warnung', critical: 'Kritisch', unknown: 'Unbekannt' },
  helpPage: { title: 'Was Status und Ursachen bedeuten', whatToDo: 'Was zu tun ist' },
  fleet: {
    unreachable: (server, problem) => `Server ${server} ${problem}`,
    silent: (server, age) =>
      `Der Monitor hat${age === null ? '' : ` seit ${age}`} keine Daten${server === null ? '' : ` von ${server}`}`,
    mayBeFine: (silence) => `${silence}; die Streams können in Ordnung sein.`,
    noDataOf: (server, age) =>
      `Keine Daten von ${server}${age === null ? '' : ` seit ${age}`}: Es kann an seinem Rechner, seinem Collector oder Redis liegen`,
    noDataNorHost: (server, host, age) =>
      `Keine Daten von ${server}${age === null ? '' : ` seit ${age}`}, auch nicht von seinem Rechner ${host}: Es kann an diesem Rechner, seinem Netz oder Redis liegen`,
    unread: (server, lists) => `Server ${server} ist nur teilweise abfragbar: ${lists}`,
    other: (server, reason) => `Server ${server}: ${reason}`,
    host: (host, loads) => `Rechner ${host}: ${loads}`,
    loads: {
      cpu: (percent) => `CPU bei ${percent}`,
      memory: (percent) => `RAM zu ${percent} belegt`,
      disk: (percent, mount) => `Platte ${mount} zu ${percent} belegt`,
    },
    subjects: (count, written) =>
      count === 1 ? '1 Server oder Rechner gestört' : `${written} Server oder Rechner gestört`,
  },
  wellDetail: (live, resting, servers) =>
    `${live} live${resting === '0' ? '' : `, ${resting} ruhend`}${servers > 1 ? `, auf ${servers} Servern` : ''}`,
  lastLive: (age) => `zuletzt live vor ${age}`,
  lastSeen: {
    gone: 'MediaMTX führt diesen Stream nicht mehr',
  },
  totalsMissing: (count) => `, ${count} ${count === '1' ? 'fehlt' : 'fehlen'}`,
  pull: {
    title: 'Quelle',
    how: 'Abgerufen',
    onDemand: 'bei Bedarf, solange jemand zuschaut',
    always: 'ständig',
    notKnown: 'ob nur bei Bedarf, ist nicht bekannt',
    state: 'Status',
    states: { idle: 'ruht', running: 'verbindet sich oder läuft', error: 'gestört' },
    error: 'MediaMTX sagt',
  },
  forwards: {
    title: 'Weiterleitungen',
    position: 'Nr.',
    protocol: 'Protokoll',
    to: 'Ziel',
    state: 'Status',
    states: { idle: 'ruht', forwarding: 'verbindet sich oder sendet', error: 'gestört' },
    rate: 'Mbit/s',
    sent: 'Gesendet',
    error: 'MediaMTX sagt',
    none: 'keine',
  },
  hints: {
    noRttKnown: 'Von diesem Stream ist gerade keine RTT bekannt.',
    noRttOver: (protocol) => `Über ${protocol} wird keine RTT gemeldet, über SRT schon.`,
    noRtt: 'Keine RTT bekannt. Sender über SRT melden sie.',
    noLossKnown: 'Von diesem Stream ist gerade kein Paketverlust bekannt.',
    noLossOver: (protocol) =>
      `Über ${protocol} wird kein Paketverlust gemeldet, über SRT, RTSP und WebRTC schon.`,
    noLoss: 'Kein Paketverlust bekannt. Sender über SRT, RTSP und WebRTC melden ihn.',
  },
  before: {
    notKnown: 'Wer ihn sendet, ist gerade nicht bekannt.',
    viewersNotKnown: 'Wer zuschaut, ist gerade nicht bekannt.',
    media: 'Was er enthielt, als er zuletzt live war:',
  },
  contradicted: (reason) =>
    `Nach der Formel würde genügen, was eingestellt ist, aber die Strecke zeigt etwas anderes: ${reason}. Weiter erhöhen, oder die Bitrate senken.`,
};
