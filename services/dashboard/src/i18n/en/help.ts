import type { ReasonCode, StreamState } from '@mediamtx-monitor/types';

/** What something means, and what to do. */
interface HelpEntry {
  readonly means: string;
  readonly todo: string;
}

const states: Readonly<Record<StreamState, HelpEntry>> = {
  live: {
    means: 'Someone publishes it, or the server fetches it, and data arrives.',
    todo: 'Nothing, as long as no reason stands beside it.',
  },
  idle: {
    means: 'The path is configured, and nobody publishes to it.',
    todo: 'Nothing. If it should be live, name it under expected in MONITOR_CONFIG: then it is an alarm.',
  },
  waiting: {
    means: 'It has a source that isn’t ready yet: the server is connecting, or waits until someone watches.',
    todo: 'Nothing where it is fetched on demand. Else the stream’s page has what MediaMTX says, from MediaMTX 1.21 on; before, its log says why.',
  },
  stalled: {
    means: 'Its source is connected, but no byte has come for 3 ticks.',
    todo: 'Look at the encoder or camera: it is connected and sends nothing. Restart it when it is frozen.',
  },
  standby: {
    means: 'Its publisher is away, and viewers see the filler of an always-available path.',
    todo: 'If it should be live, look at the publisher. What is shown as filler counts as no traffic.',
  },
  missing: {
    means: 'MediaMTX doesn’t list it, though it is expected or was live a while ago.',
    todo: 'Look at its publisher, and whether the path’s name is still the same. Its page has what it was last.',
  },
  unknown: {
    means: 'The server can’t be read, or nothing is heard of it: how the stream is, nobody knows.',
    todo: 'Look at the server’s trouble first. The stream may be fine.',
  },
};

const reasons: Readonly<Record<ReasonCode, HelpEntry>> = {
  'rtt-near-latency': {
    means:
      'The round-trip time of the SRT link is a large part of its latency: lost packets may come too late.',
    todo: 'Raise the SRT latency to what the stream’s page recommends, on either side.',
  },
  'link-loss': {
    means: 'Packets are lost on the way. As long as SRT repairs them, the picture is whole.',
    todo: 'Look at the line (Wi-Fi, mobile network, a full uplink); lower the bitrate if it doesn’t end.',
  },
  'unrecovered-loss': {
    means: 'Packets are lost that came neither in time nor again: the picture has gaps.',
    todo: 'Raise the SRT latency, lower the bitrate, or use a better line.',
  },
  'rtp-loss': {
    means: 'RTP packets are lost, which RTSP over UDP and WebRTC don’t always repair: the picture has gaps.',
    todo: 'Use RTSP over TCP or SRT where possible; look at the line.',
  },
  discards: {
    means: 'A viewer takes data too slowly, so MediaMTX throws some of it away for it.',
    todo: 'Look at that viewer’s line and device. Others aren’t affected.',
  },
  'not-live': {
    means:
      'It is expected to be live now, by MONITOR_CONFIG, and isn’t. A name with * stands for those that are needed and not known.',
    todo: 'Start its publisher, or look why it can’t connect. If it shouldn’t be live now, mend the expectation.',
  },
  'source-down': {
    means: 'The server is to fetch it all the time, and can’t.',
    todo: 'Look whether the camera or source is switched on and reachable from the server, and at its credentials. What MediaMTX says stands beside it from MediaMTX 1.21 on; before, its log says why.',
  },
  'off-air': {
    means: 'It was live and isn’t any more: its publisher stopped, or its connection broke.',
    todo: 'If that wasn’t meant, look at the publisher. After a normal end it goes to rest by itself, 10 minutes later unless set otherwise.',
  },
  stalled: {
    means: 'Its source is connected, but no data arrives.',
    todo: 'Look at the encoder or camera and restart it when it is frozen.',
  },
  flapping: {
    means: 'It began anew many times in the last 10 minutes.',
    todo: 'Look at the publisher’s line and power, and whether two publishers fight for the same name.',
  },
  'frame-errors': {
    means: 'Frames arrive damaged.',
    todo: 'Look at the encoder and the line; what is damaged before the server can’t be mended by it.',
  },
  'bitrate-low': {
    means: 'Less arrives than the band in MONITOR_CONFIG says.',
    todo: 'Look whether the encoder has lowered its quality, or shows a black or still picture; or mend the band.',
  },
  'bitrate-high': {
    means: 'More arrives than the band in MONITOR_CONFIG says.',
    todo: 'Look at the encoder’s settings; or mend the band.',
  },
  'forward-failing': {
    means: 'MediaMTX can’t send its copy of the stream on to another server.',
    todo: 'Look at the forwards on the stream’s page: what MediaMTX says there, the other server, its address and key.',
  },
  'reader-discards': {
    means: 'For some viewers data is thrown away, since they take it too slowly.',
    todo: 'Look at the viewers on the stream’s page. When it is nearly all of them, look at the server’s network.',
  },
  'server-unreachable': {
    means: 'The collector can’t read this MediaMTX. Its streams may run or not: nobody knows.',
    todo: 'Look whether MediaMTX runs, and at its API’s address and credentials; the page of servers says what was tried.',
  },
  'list-missing': {
    means: 'Some lists of this MediaMTX can’t be read, so a part of what is shown is missing or old.',
    todo: 'Look at MediaMTX’s own log; the page of servers names the lists.',
  },
  'no-data': {
    means: 'The monitor itself has heard nothing of this server for a minute. MediaMTX may be fine.',
    todo: 'Look whether the collector and Redis run, and then at the machine. Don’t restart MediaMTX for it.',
  },
  'cpu-high': {
    means: 'The host’s processors are busy for most of the time. Streams needn’t suffer, but may begin to.',
    todo: 'Look what takes the time: transcoding, recording, something that isn’t MediaMTX. Take load off it if it stays so.',
  },
  'memory-high': {
    means:
      'Little of the host’s memory is left. When it runs out, the system ends a program, maybe MediaMTX.',
    todo: 'Look which program grows, and end or limit it; or add memory.',
  },
  'disk-high': {
    means: 'A disk of the host is nearly full. When it is, recordings and logs stop.',
    todo: 'Delete or move old recordings, and let MediaMTX delete them earlier (recordDeleteAfter).',
  },
};

/** Texts of the page that says what everything means, in English; loaded when it is opened. */
export const enHelpEntries = {
  intro: 'A state says what a stream does. A reason says what is wrong, and is what you are notified of.',
  alerts:
    'This page notifies you while it is open. Alerts by phone, chat or e-mail are off until somebody configures whom to tell: docs/alerts.md says how.',
  statesTitle: 'States',
  reasonsTitle: 'Reasons',
  todo: 'What to do',
  states,
  reasons,
} as const;
