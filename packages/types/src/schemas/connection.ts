import Joi from 'joi';
import {
  ROLES,
  type ConnectionRecord,
  type HlsDetail,
  type MoqDetail,
  type Protocol,
  type RtmpDetail,
  type RtpDetail,
  type RtspDetail,
  type SrtDetail,
  type WebrtcDetail,
} from '../connection.ts';
import { count, healthSchema, measure, oneOf, reasonsSchema, serverIdSchema, text, time } from './fields.ts';

const megabit = 'Mbit/s (10^6 bit)';
const discarded = count('frames', 'Frames thrown away because the reader is too slow');
const flag = (description: string): Joi.BooleanSchema =>
  Joi.boolean().allow(null).required().description(description);

const srt = {
  rttMs: measure('ms', 'Round-trip time'),
  rttP50Ms: measure('ms', 'Median round-trip time of the last 60 s'),
  rttP95Ms: measure('ms', '95th percentile of the round-trip time of the last 60 s'),
  latencyMs: measure('ms', 'Latency of the link'),
  rttLatencyRatio: measure('ratio', 'Round-trip time over latency'),
  linkLossPercent: measure('%', 'Packets lost on the link over the last 30 s, repaired ones included'),
  retransmitPercent: measure('%', 'Packets retransmitted over the last 30 s'),
  unrecoveredPercent: measure('%', 'Packets that could not be repaired over the last 30 s'),
  latePercent: measure('%', 'Late and duplicate packets over the last 30 s'),
  undecryptablePackets: count('packets', 'Packets that could not be decrypted'),
  bufferMs: measure('ms', 'Media waiting in the buffer'),
  framesDiscarded: discarded,
} satisfies Record<keyof SrtDetail, Joi.Schema>;

const rtp = {
  lossPercent: measure('%', 'RTP packets lost over the last 30 s'),
  jitterMs: measure('ms', 'Jitter, where the clock rate is known'),
  jitterTicks: measure('RTP clock ticks', 'Jitter, averaged over the tracks'),
} satisfies Record<keyof RtpDetail, Joi.Schema>;

const rtsp = {
  ...rtp,
  transport: text('TCP, UDP or UDP-multicast'),
  tunnel: text('none, http or websocket'),
  packetsInError: count('packets', 'Damaged packets received'),
  packetsDiscarded: count('packets', 'Packets thrown away because the reader is too slow'),
} satisfies Record<keyof RtspDetail, Joi.Schema>;

const webrtc = {
  ...rtp,
  established: flag('Whether the peer connection is up'),
  localCandidate: text('Kind, protocol, address and port of the server’s candidate'),
  remoteCandidate: text('Kind, protocol, address and port of the other side’s candidate'),
  framesDiscarded: discarded,
} satisfies Record<keyof WebrtcDetail, Joi.Schema>;

const rtmp = { framesDiscarded: discarded } satisfies Record<keyof RtmpDetail, Joi.Schema>;

const hls = {
  lastRequestAt: time.allow(null).description('When something was last asked for'),
  cdn: flag('Whether the session serves a CDN'),
  framesDiscarded: discarded,
} satisfies Record<keyof HlsDetail, Joi.Schema>;

const moq = {
  version: text('Version of the protocol'),
  transport: text('Transport below it'),
} satisfies Record<keyof MoqDetail, Joi.Schema>;

const common = {
  id: Joi.string().required().description('MediaMTX’s id of the connection'),
  server: serverIdSchema.required(),
  stream: text('Name of the stream, null while idle'),
  role: oneOf(ROLES, 'Whether it brings or takes a stream'),
  remoteAddr: text('Address of the other side, as far as REMOTE_ADDR lets it be shown'),
  user: text('Name it signed in with'),
  userAgent: text('Program on the other side'),
  since: time.allow(null).description('When it was opened'),
  inboundBytes: count('B', 'Bytes received from it, transport included'),
  outboundBytes: count('B', 'Bytes sent to it, transport included'),
  inboundMbps: measure(megabit, 'Received from it since the last tick'),
  outboundMbps: measure(megabit, 'Sent to it since the last tick'),
  health: healthSchema,
  reasons: reasonsSchema,
};

const record = (protocols: readonly Protocol[], member: string, detail: Joi.SchemaMap): Joi.ObjectSchema =>
  Joi.object({
    ...common,
    protocol: oneOf(protocols, 'Protocol'),
    [member]: Joi.object(detail).unknown(true).required().description('What the protocol tells'),
  }).unknown(true);

/** One connection record, in the shape of its protocol. */
export const connectionRecordSchema = Joi.alternatives<ConnectionRecord>()
  .try(
    record(['srt'], 'srt', srt),
    record(['rtsp', 'rtsps'], 'rtsp', rtsp),
    record(['rtmp', 'rtmps'], 'rtmp', rtmp),
    record(['hls'], 'hls', hls),
    record(['webrtc'], 'webrtc', webrtc),
    record(['moq'], 'moq', moq),
  )
  .description('One publisher or reader of a stream');
