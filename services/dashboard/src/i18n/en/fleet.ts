import type { HostLoadKind } from '@mediamtx-monitor/model';
import type { Look } from '../../model/streams.ts';

const looks: Readonly<Record<Look, string>> = {
  ok: 'OK',
  rest: 'At rest',
  warning: 'Warning',
  critical: 'Critical',
  unknown: 'Unknown',
};

const loads: Readonly<Record<HostLoadKind, (percent: string, mount: string) => string>> = {
  cpu: (percent) => `CPU at ${percent}`,
  memory: (percent) => `memory ${percent} full`,
  disk: (percent, mount) => `disk ${mount} ${percent} full`,
};

/** Texts about servers, machines and streams that aren't live, in English. */
export const enFleet = {
  looks,
  helpPage: { title: 'What states and reasons mean', whatToDo: 'What to do' },
  /** Of servers and machines. `age` is how long nothing was heard, `null` where that isn't known or said. */
  fleet: {
    unreachable: (server: string, problem: string): string => `Server ${server} ${problem}`,
    /** `server` is `null` when there is only one. */
    silent: (server: string | null, age: string | null): string =>
      `The monitor has had no data${server === null ? '' : ` from ${server}`}${age === null ? '' : ` for ${age}`}`,
    mayBeFine: (silence: string): string => `${silence}; streams may be fine.`,
    noDataOf: (server: string, age: string | null): string =>
      `No data from ${server}${age === null ? '' : ` for ${age}`}: it may be its host, its collector or Redis`,
    noDataNorHost: (server: string, host: string, age: string | null): string =>
      `No data from ${server}${age === null ? '' : ` for ${age}`}, nor from its host ${host}: it may be that host, its network or Redis`,
    unread: (server: string, lists: string): string => `Server ${server} can’t be read fully: ${lists}`,
    other: (server: string, reason: string): string => `Server ${server}: ${reason}`,
    host: (host: string, loads: string): string => `Host ${host}: ${loads}`,
    loads,
    subjects: (count: number, written: string): string =>
      count === 1 ? '1 server or host needs attention' : `${written} servers or hosts need attention`,
  },
  wellDetail: (live: string, resting: string, servers: number): string =>
    `${live} live${resting === '0' ? '' : `, ${resting} at rest`}${servers > 1 ? `, on ${servers} servers` : ''}`,
  lastLive: (age: string): string => `last live ${age} ago`,
  lastSeen: {
    gone: 'MediaMTX doesn’t list this stream any more',
  },
  totalsMissing: (count: string): string => `, ${count} missing`,
  pull: {
    title: 'Source',
    how: 'Fetched',
    onDemand: 'on demand, while someone watches',
    always: 'all the time',
    notKnown: 'not known whether on demand',
    state: 'State',
    states: { idle: 'at rest', running: 'connecting or running', error: 'failing' },
    error: 'MediaMTX says',
  },
  forwards: {
    title: 'Forwards',
    position: 'No.',
    protocol: 'Protocol',
    to: 'To',
    state: 'State',
    states: { idle: 'at rest', forwarding: 'connecting or sending', error: 'failing' },
    rate: 'Mbit/s',
    sent: 'Sent',
    error: 'MediaMTX says',
    none: 'none',
  },
  hints: {
    noRttKnown: 'No RTT is known of this stream right now.',
    noRttOver: (protocol: string): string => `Publishers over ${protocol} report no RTT; those over SRT do.`,
    noRtt: 'No RTT is known. Publishers over SRT report it.',
    noLossKnown: 'No loss is known of this stream right now.',
    noLossOver: (protocol: string): string =>
      `Publishers over ${protocol} report no loss; those over SRT, RTSP and WebRTC do.`,
    noLoss: 'No loss is known. Publishers over SRT, RTSP and WebRTC report it.',
  },
  before: {
    notKnown: 'Who publishes it isn’t known right now.',
    viewersNotKnown: 'Who watches isn’t known right now.',
    media: 'What it carried when it was last live:',
  },
  contradicted: (reason: string): string =>
    `By the formula what is set would do, but the link says otherwise: ${reason}. Raise it further, or lower the bitrate.`,
} as const;
