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
    todo: 'Nothing. If it should be live, name it under expected in MONITOR_CONFIG: then there is an alert.',
  },
  waiting: {
    means: 'It has a source that isn’t ready yet: the server is connecting, or waits until someone watches.',
    todo: 'Nothing where it is fetched on demand. Else the stream’s page has what MediaMTX says, from MediaMTX 1.21 on; before, its log says why.',
  },
  stalled: {
    means: 'Its source is connected, but no byte has come for 3 polls.',
    todo: 'Check the encoder or camera: it is connected and sends nothing. Restart it if it is frozen.',
  },
  standby: {
    means: 'Its publisher is away, and viewers see the filler of an always-available path.',
    todo: 'If it should be live, check the publisher. The filler doesn’t count as traffic.',
  },
  missing: {
    means: 'MediaMTX doesn’t list it, though it is expected or was live a while ago.',
    todo: 'Check its publisher, and whether the path still has this name. Its page shows what it was last.',
  },
  unknown: {
    means: 'The server can’t be read, or sends no data: nobody knows how the stream is.',
    todo: 'Check the server first. The stream may be fine.',
  },
};

const reasons: Readonly<Record<ReasonCode, HelpEntry>> = {
  'rtt-near-latency': {
    means:
      'The round-trip time of the SRT link is a large part of its latency: lost packets may come too late.',
    todo: 'Raise the SRT latency to what the stream’s page recommends, on either side.',
  },
  'link-loss': {
    means: 'Packets are lost on the link. As long as SRT repairs them, the picture is whole.',
    todo: 'Check the link (Wi-Fi, mobile network, a full uplink); lower the bitrate if it doesn’t stop.',
  },
  'unrecovered-loss': {
    means: 'Lost packets could not be replaced in time: the picture has gaps.',
    todo: 'Raise the SRT latency, lower the bitrate, or use a better link.',
  },
  'rtp-loss': {
    means: 'RTP packets are lost, which RTSP over UDP and WebRTC don’t always repair: the picture has gaps.',
    todo: 'Use RTSP over TCP or SRT where possible; check the link.',
  },
  discards: {
    means: 'A viewer takes data too slowly, so MediaMTX discards some of it.',
    todo: 'Check that viewer’s link and device. Others aren’t affected.',
  },
  'not-live': {
    means:
      'MONITOR_CONFIG says that it should be live now, and it isn’t. A name with * stands for those that are missing and whose names aren’t known.',
    todo: 'Start its publisher, or find out why it can’t connect. If it shouldn’t be live now, change the expectation.',
  },
  'source-down': {
    means: 'The server should fetch it all the time, and can’t.',
    todo: 'Check that the camera or source is on, that the server can reach it, and its credentials. What MediaMTX says stands beside it from MediaMTX 1.21 on; before, its log says why.',
  },
  'off-air': {
    means: 'It was live and isn’t any more: its publisher stopped, or its connection broke.',
    todo: 'If nobody meant to stop it, check the publisher. After a normal end it goes to rest by itself, 10 minutes later unless set otherwise.',
  },
  stalled: {
    means: 'Its source is connected, but no data arrives.',
    todo: 'Check the encoder or camera, and restart it if it is frozen.',
  },
  flapping: {
    means: 'It restarted many times in the last 10 minutes.',
    todo: 'Check the publisher’s link and power, and whether two publishers use the same name.',
  },
  'frame-errors': {
    means: 'Frames arrive damaged.',
    todo: 'Check the encoder and the link; the server can’t repair what arrives damaged.',
  },
  'bitrate-low': {
    means: 'Less arrives than MONITOR_CONFIG says it should.',
    todo: 'Check whether the encoder lowered its quality, or sends a black or still picture; or change the limit.',
  },
  'bitrate-high': {
    means: 'More arrives than MONITOR_CONFIG says it should.',
    todo: 'Check the encoder’s settings; or change the limit.',
  },
  'forward-failing': {
    means: 'MediaMTX can’t send its copy of the stream on to another server.',
    todo: 'Check the forwards on the stream’s page: what MediaMTX says there, the other server, its address and key.',
  },
  'reader-discards': {
    means: 'Some viewers take data too slowly, so MediaMTX discards some of it.',
    todo: 'Check the viewers on the stream’s page; if it is nearly all of them, the server’s network.',
  },
  'server-unreachable': {
    means: 'The collector can’t read this MediaMTX. Its streams may run or not: nobody knows.',
    todo: 'Check that MediaMTX runs, and the address and credentials of its API; the servers page says what was tried.',
  },
  'list-missing': {
    means: 'Some lists of this MediaMTX can’t be read, so a part of what is shown is missing or old.',
    todo: 'Check MediaMTX’s own log; the servers page names the lists.',
  },
  'no-data': {
    means: 'The monitor itself has had no data from this server for a minute. MediaMTX may be fine.',
    todo: 'Check that the collector and Redis run, then the host. Don’t restart MediaMTX for it.',
  },
  'cpu-high': {
    means: 'The host’s CPU is busy nearly all the time; streams may begin to suffer.',
    todo: 'Find out what uses it: transcoding, recording, something that isn’t MediaMTX. Take load off it if it stays so.',
  },
  'memory-high': {
    means:
      'Little of the host’s memory is left. When it runs out, the system ends a program, maybe MediaMTX.',
    todo: 'Find out which program grows, and end or limit it; or add memory.',
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
    'This page notifies you while it is open. Alerts by phone, chat or e-mail go to the targets that are configured; the bell lists them under “Who is notified”. How to add one: docs/alerts.md.',
  statesTitle: 'States',
  reasonsTitle: 'Reasons',
  todo: 'What to do',
  states,
  reasons,
} as const;
