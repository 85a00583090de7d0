import type { AlertTexts } from './texts.ts';

/** All texts in English. */
export const en: AlertTexts = {
  locale: 'en-GB',
  reasons: {
    'rtt-near-latency': {
      what: ({ measured }) => `RTT is ${measured} of the SRT latency`,
      cause: 'Lost packets may be replaced too late.',
      todo: 'Raise the SRT latency, on either side.',
    },
    'link-loss': {
      what: ({ measured }) => `${measured} lost on the link`,
      cause: 'The link loses packets; the picture is whole as long as SRT replaces them.',
      todo: 'Check the link (Wi-Fi, mobile network, a full uplink), or lower the bitrate.',
    },
    'unrecovered-loss': {
      what: ({ measured }) => `${measured} of packets lost for good`,
      cause: 'Lost packets could not be replaced in time: the picture has gaps.',
      todo: 'Raise the SRT latency, lower the bitrate, or use a better link.',
    },
    'rtp-loss': {
      what: ({ measured }) => `${measured} of RTP packets lost`,
      cause: 'The link loses packets that nobody sends again: the picture has gaps.',
      todo: 'Use SRT or RTSP over TCP where possible, and check the link.',
    },
    discards: {
      what: ({ measured }) => `Too slow: ${measured} frames or packets a second discarded`,
      cause: 'A viewer takes data too slowly.',
      todo: 'Check that viewer’s link and device.',
    },
    'not-live': {
      what: () => 'Expected, but not live',
      cause: 'It should be live now, and nobody publishes it.',
      todo: 'Start its publisher, or find out why it can’t connect.',
    },
    'source-down': {
      what: () => 'Its source can’t be fetched',
      cause: 'MediaMTX should fetch it all the time, and can’t.',
      todo: 'Check that the camera or source is on, that the server reaches it, and its credentials.',
    },
    'off-air': {
      what: () => 'Off air',
      cause: 'It was live: its publisher stopped, or its connection broke.',
      todo: 'If nobody meant to stop it, check the publisher and its link.',
    },
    stalled: {
      what: () => 'No data arrives',
      cause: 'Its publisher is connected and sends nothing.',
      todo: 'Check the encoder or camera, and restart it if it is frozen.',
    },
    flapping: {
      what: ({ measured }) => `${measured} restarts in 10 minutes`,
      cause: 'Its publisher loses the connection again and again.',
      todo: 'Check the publisher’s link and power, and whether two publishers use the same name.',
    },
    'frame-errors': {
      what: ({ measured }) => `${measured} damaged frames a second`,
      cause: 'Frames are damaged before they reach the server.',
      todo: 'Check the encoder and the link.',
    },
    'bitrate-low': {
      what: ({ measured, limit }) => `Bitrate too low: ${measured} Mbit/s, below ${limit}`,
      cause: 'Less arrives than was configured for it.',
      todo: 'Check whether the encoder lowered its quality, or sends a black or still picture.',
    },
    'bitrate-high': {
      what: ({ measured, limit }) => `Bitrate too high: ${measured} Mbit/s, above ${limit}`,
      cause: 'More arrives than was configured for it.',
      todo: 'Check the encoder’s settings.',
    },
    'forward-failing': {
      what: ({ measured }) => `Forwards that fail: ${measured}`,
      cause: 'MediaMTX can’t send it on to another server.',
      todo: 'Check the other server, and the address and key of the forward.',
    },
    'reader-discards': {
      what: ({ measured }) => `Viewers too slow: ${measured}`,
      cause: 'They take data too slowly, so MediaMTX discards some of it.',
      todo: 'Check their links; if it is nearly all of them, the server’s network.',
    },
    'server-unreachable': {
      what: () => 'Can’t be read',
      cause: 'MediaMTX gives the monitor no usable answer: nobody knows whether its streams run.',
      todo: 'Check that MediaMTX runs, and address and credentials of its API.',
    },
    'list-missing': {
      what: () => 'Can’t be read fully',
      cause: 'Some lists of MediaMTX can’t be read, so a part of what is known is old.',
      todo: 'Look into the log of MediaMTX.',
    },
    'no-data': {
      what: () => 'No data from it',
      cause: 'The monitor itself gets no data from it; MediaMTX may be fine.',
      todo: 'Check that collector and Redis run, then the host. Don’t restart MediaMTX for it.',
    },
    'cpu-high': {
      what: ({ measured }) => `CPU at ${measured}`,
      cause: 'The host’s CPU is busy nearly all the time; streams may begin to suffer.',
      todo: 'Find out what uses it: transcoding, recordings, something else.',
    },
    'memory-high': {
      what: ({ measured }) => `Memory at ${measured}`,
      cause: 'Little memory is left; when it is used up, the system ends a program.',
      todo: 'Find out which program grows, and limit or restart it.',
    },
    'disk-high': {
      what: ({ measured }) => `Disk at ${measured}`,
      cause: 'A disk is nearly full; when it is, recordings and logs end.',
      todo: 'Delete or move old recordings, and have MediaMTX delete them earlier.',
    },
  },
  causes: {
    'server-restarted': {
      cause: 'MediaMTX was restarted, and it hasn’t come back since.',
      todo: 'Check whether its publisher connects again by itself, or restart it.',
    },
    'path-changed': {
      cause: 'Its path was changed in MediaMTX’s configuration, or removed from it.',
      todo: 'If nobody meant that, put the path back there.',
    },
    stalled: {
      cause: 'No data came any more before it went: its encoder froze, or its link broke.',
      todo: 'Check the encoder or camera, and its link.',
    },
  },
  severities: { critical: 'Critical', warning: 'Warning' },
  unknownReason: {
    cause: 'A newer version tells of this than the one that wrote this text.',
    todo: 'Look at the dashboard.',
  },
  subject: {
    server: (server) => `Server ${server}`,
    host: (host) => `Host ${host}`,
    streamsOf: (written, server) => `${written} streams of server ${server}`,
    streams: (count, written) => (count === 1 ? '1 stream' : `${written} streams`),
    servers: (count, written) => (count === 1 ? '1 server' : `${written} servers`),
    hosts: (count, written) => (count === 1 ? '1 host' : `${written} hosts`),
    alerts: (written) => `${written} alerts`,
  },
  inTrouble: 'in trouble',
  simulated: 'simulated',
  titles: {
    fired: (what) => what,
    repeated: (what) => `Still: ${what}`,
    resolved: (what) => `Resolved: ${what}`,
  },
  besides: {
    repeated: (written) => `still: ${written}`,
    resolved: (written) => `resolved: ${written}`,
  },
  sections: { fired: 'New:', repeated: 'Still:', resolved: 'Resolved:' },
  labels: {
    stream: 'Stream',
    server: 'Server',
    host: 'Host',
    since: (time, duration) => `Since ${time}, for ${duration}`,
    was: (what) => `It was: ${what}`,
    lasted: (from, to, duration) => `It lasted ${duration}: ${from} to ${to}`,
    comesAndGoes: (written) => `It comes and goes: it came back ${written} times.`,
    also: (reasons) => `Also: ${reasons}`,
    detail: (detail) => `Details: ${detail}`,
    todo: (todo) => `What to do: ${todo}`,
  },
  items: {
    ill: (name, what, duration) => `${name}: ${what} (for ${duration})`,
    resolved: (name, what, duration) => `${name}: ${what} (lasted ${duration})`,
    streamAt: (name, server) => `${name} on ${server}`,
    more: (written) => `and ${written} more`,
  },
  test: {
    title: (target) => `Test: ${target}`,
    lines: ['Somebody asked for this test. If you can read it, alerts reach you here.'],
  },
  gone: {
    title: (target) => `Target ${target} is gone`,
    lines: [
      'It says that it no longer exists (410), so nothing is sent to it.',
      'What to do: give it another address in MONITOR_CONFIG, or delete it there.',
    ],
  },
  nothing: 'Nothing new',
};
