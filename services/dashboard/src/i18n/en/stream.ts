import type { HostLoadKind } from '@mediamtx-monitor/model';
import type { StreamState } from '@mediamtx-monitor/types';
import type { PlayErrorCode } from '../../data/playback.ts';

const failed: Readonly<Record<PlayErrorCode | 'no-address' | 'blocked' | 'no-api', string>> = {
  unauthorized: 'MediaMTX wants a login for this stream, so it can’t be played here.',
  missing: 'MediaMTX has nothing to play under this name right now.',
  refused: 'MediaMTX answered with an error.',
  'no-media': 'No picture came in time. Perhaps a firewall is in between.',
  codec: 'This browser doesn’t play the stream’s codec.',
  'not-allowed': 'This browser doesn’t let the page play anything; see its settings for this page.',
  unsupported: 'This browser plays none of what is offered.',
  outdated: 'A part of this page can’t be loaded any more; it may have been updated. Reload it.',
  unreachable: 'The preview address can’t be reached, or doesn’t allow this page.',
  ended: 'The picture has ended: the stream did, or its connection was lost.',
  'no-address':
    'No preview address is set. PREVIEW_WEBRTC_URL or PREVIEW_HLS_URL of the API say where browsers can play.',
  blocked:
    'This page came over https, the preview address is http: browsers play no such thing. Give MediaMTX a certificate, or put it behind the same proxy.',
  'no-api': 'The API didn’t say where streams can be played.',
};

const arriving: Readonly<Record<StreamState, string>> = {
  idle: 'Nothing is published.',
  waiting: 'It waits for its source; nothing arrives.',
  live: 'What arrives is fine.',
  stalled: 'Nothing arrives.',
  standby: 'It shows its filler; nothing arrives.',
  missing: 'MediaMTX doesn’t list it now; nothing arrives.',
  unknown: 'Whether anything arrives isn’t known.',
};

const hostLoad: Readonly<Record<HostLoadKind, (percent: string, mount: string) => string>> = {
  cpu: (percent) => `The host’s CPU is ${percent} busy.`,
  memory: (percent) => `The host’s memory is ${percent} full.`,
  disk: (percent, mount) => `The host’s disk ${mount} is ${percent} full.`,
};

/** Texts of a stream's page, in English. */
export const enStream = {
  stream: {
    back: 'All streams',
    gone: 'This stream isn’t there',
    goneHint: 'It may have ended, or been renamed. As soon as it is back, this page shows it.',
    notYet: 'Waiting for data of this stream …',
    time: 'Time',
    seenSince: (time: string): string => `Seen by this page since ${time}`,
    pause: 'Pause',
    resume: 'Resume',
    pausedAt: (time: string): string => `Paused at ${time}`,
    charts: 'Charts',
    rates: 'Rates in Mbit/s',
    inbound: 'In',
    outbound: 'Out',
    viewers: 'Viewers',
    rtt: 'Round-trip time (RTT)',
    rttNow: 'now',
    rttP50: 'median',
    rttP95: 'p95',
    loss: 'Loss of the publisher’s link',
    lossNow: 'Loss',
  },
  evidence: {
    serverStale: 'The monitor gets no data from this server; what is shown is old.',
    connectionsUnknown: 'Connections aren’t known yet.',
    connectionsMissing: 'Not all connections could be read this time.',
    arriving,
    wasStalled: 'No data came any more before it went.',
    noViewers: 'Nobody is watching.',
    othersIll: (count: string, total: string): string =>
      total === '1'
        ? 'The other stream on this server that is or should be live has the same kind of trouble.'
        : `${count} of ${total} other streams on this server that are or should be live ${count === '1' ? 'has' : 'have'} the same kind of trouble.`,
    othersWell: (total: string): string =>
      `None of the ${total} other streams on this server that are or should be live has this kind of trouble.`,
    otherWell: 'The other stream on this server that is or should be live doesn’t have this kind of trouble.',
    onlyStream: 'No other stream on this server is or should be live.',
    hostLoad,
    hostInboundDrops: (perSecond: string): string =>
      `The host’s network drops ${perSecond} arriving packets a second.`,
    hostOutboundDrops: (perSecond: string): string =>
      `The host’s network drops ${perSecond} outgoing packets a second.`,
    viewersIll: (count: string, total: string): string =>
      total === '1'
        ? 'The only viewer is in trouble.'
        : `${count} of ${total} viewers ${count === '1' ? 'is' : 'are'} in trouble.`,
    viewerWell: 'The link to the only viewer is fine, as far as the protocol tells.',
    viewersWell: (total: string): string =>
      `The links to all ${total} viewers are fine, as far as their protocols tell.`,
    someWell: (count: string, total: string): string =>
      `The links to ${count} of ${total} viewers are fine, as far as the protocols tell.`,
    viewersUnknown: (count: string): string =>
      count === '1' ? 'Of 1 viewer nothing is known.' : `Of ${count} viewers nothing is known.`,
  },
  advice: {
    title: 'SRT latency',
    worth: 'Recommended',
    enough: 'What is set is enough.',
    notKnown: 'What is set isn’t known.',
    raise: (latency: string): string => `Raise it to ${latency} on either side; the greater one counts.`,
    formula: (rtt: string, trips: string, result: string): string =>
      `p95 of RTT ${rtt} × ${trips} = ${result}, rounded up to the next 10 ms`,
    why: (loss: string, trips: string): string =>
      `With ${loss} loss, a packet may have to be sent ${trips} times until at most one in a million stays lost; at least 4, and at least 120 ms.`,
    wait: 'Needs about a minute of samples.',
  },
  media: {
    title: 'Media',
    video: 'Video',
    audio: 'Audio',
    profile: 'Profile',
    sampleRate: 'Sample rate',
    channels: 'Channels',
    others: 'Others',
    tracks: 'Tracks',
    received: 'Received',
    sent: 'Sent',
    restarts: 'Restarts in 10 min',
    damaged: 'Damaged frames',
    source: 'Source',
  },
  connections: {
    publisher: 'Publisher',
    viewers: 'Viewers',
    none: 'Nobody is watching.',
    unread: 'The lists of connections could not be read this time.',
    unlisted: 'MediaMTX counts viewers, but lists no connection of theirs.',
    waiting: 'Waiting for connections …',
    lost: 'No data about connections.',
    who: 'Who',
    protocol: 'Protocol',
    rate: 'Mbit/s',
    loss: 'Loss',
    jitter: 'Jitter',
    discarded: 'Discarded',
    since: 'For',
    assessment: 'Connection',
    more: (count: string): string => `Show ${count} more`,
    hidden: 'address hidden',
    masked: 'The end of this address is masked: x.',
    maskedKept: 'Sessions keep addresses without their end: x stands for that.',
  },
  preview: {
    title: 'Preview',
    start: 'Show the picture',
    starting: 'Starting …',
    stop: 'Stop',
    hint: 'Plays straight from MediaMTX, as one more viewer.',
    over: (protocol: string): string => `Over ${protocol}, muted at first`,
    failed,
  },
} as const;
