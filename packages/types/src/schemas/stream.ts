import Joi from 'joi';
import { PROTOCOLS } from '../connection.ts';
import {
  EXPECTED_BY,
  type Forward,
  type LastLive,
  type Media,
  type Pull,
  STREAM_STATES,
  type StreamRecord,
} from '../stream.ts';
import { count, healthSchema, measure, oneOf, reasonsSchema, serverIdSchema, text, time } from './fields.ts';

const mib = 'Mbit/s of 1024² bit (MediaMTX’s own unit)';
const megabit = 'Mbit/s (10^6 bit)';

const video = Joi.object({
  codec: Joi.string().required().description('Codec'),
  width: count('pixels', 'Width of the picture'),
  height: count('pixels', 'Height of the picture'),
  profile: text('Profile of the codec'),
  level: text('Level of the codec'),
})
  .unknown(true)
  .allow(null)
  .required()
  .description('The first video track, null without one');

const audio = Joi.object({
  codec: Joi.string().required().description('Codec'),
  sampleRate: count('Hz', 'Sampling rate'),
  channels: count('channels', 'Number of channels'),
})
  .unknown(true)
  .allow(null)
  .required()
  .description('The first audio track, null without one');

const media = {
  video,
  audio,
  others: Joi.array().items(Joi.string()).required().description('Codecs of all further tracks'),
} satisfies Record<keyof Media, Joi.Schema>;
const mediaOf = (description: string) =>
  Joi.object<Media>(media).unknown(true).required().description(description);

const codecs = (description: string) => Joi.array().items(Joi.string()).required().description(description);

const last = {
  liveAt: time.description('When it was last seen live'),
  liveSince: time.description('Since when it had been live then'),
  wasStalled: Joi.boolean().required().description('True when it was stalled when it went'),
  sourceType: text('Kind of its source, as MediaMTX spelled it'),
  tracks: codecs('Codec of each track'),
  media: mediaOf('What it carried'),
  protocol: oneOf(PROTOCOLS, 'Protocol of its publisher or pull, null for others').allow(null),
  publisher: Joi.object({
    remoteAddr: text('Address, as far as REMOTE_ADDR lets it be shown'),
    user: text('Name it had signed in with'),
    userAgent: text('Program on the other side'),
  })
    .unknown(true)
    .allow(null)
    .required()
    .description('Who published it, null for a static source and where that wasn’t known'),
  readers: Joi.number().integer().min(0).required().unit('readers').description('Readers it had'),
  inboundMbps: measure(megabit, 'Media received then'),
} satisfies Record<keyof LastLive, Joi.Schema>;

const pull = {
  onDemand: Joi.boolean()
    .allow(null)
    .required()
    .description('Whether it is fetched only while someone wants it, null = not known'),
  state: text('idle, running or error; null before MediaMTX 1.21'),
  error: text('What MediaMTX says went wrong last, without secrets'),
} satisfies Record<keyof Pull, Joi.Schema>;

const forward = {
  position: Joi.number().integer().min(1).required().unit('place').description('Place in the configuration'),
  protocol: text('Protocol it is sent over'),
  state: text('idle, forwarding or error'),
  error: text('What MediaMTX says went wrong last, without secrets'),
  remoteAddr: text('Where it goes, as far as REMOTE_ADDR lets it be shown'),
  outboundBytes: count('B', 'Bytes sent'),
  outboundMbps: measure(megabit, 'Sent since it was last asked for'),
} satisfies Record<keyof Forward, Joi.Schema>;

const fields = {
  name: Joi.string().required().description('Path name in MediaMTX; any characters'),
  sourceType: text('Kind of the source as MediaMTX spells it, null without a source'),
  tracks: Joi.array()
    .items(Joi.string())
    .required()
    .description('Codec of each track; empty while nothing is published'),
  bytesReceived: count('B', 'Media bytes received from the current source; from 0 at each restart'),
  readers: Joi.number().integer().min(0).required().unit('readers').description('Number of readers'),
  rtt: measure('ms', 'Round-trip time of the publishing SRT connection, null for any other source'),
  recvRateMbps: measure(mib, 'Receive rate of the publishing SRT connection, null for any other source'),
  linkCapacityMbps: measure(mib, 'Link capacity as SRT estimates it (noisy), null for any other source'),
  server: serverIdSchema.required(),
  state: oneOf(STREAM_STATES, 'What the stream is doing'),
  since: time.description('Since when it is in this state'),
  health: healthSchema,
  reasons: reasonsSchema,
  sourceId: text('Id of the publishing connection, null for a static source or none'),
  media: mediaOf('What it carries'),
  inboundMbps: measure(megabit, 'Media received since the last tick'),
  outboundMbps: measure(megabit, 'Media sent to readers since the last tick'),
  bytesSent: count('B', 'Media bytes sent to readers and forwards'),
  framesInError: count('frames', 'Damaged frames received from the current source'),
  framesInErrorPerSecond: measure('frames/s', 'Damaged frames over the last 30 s'),
  readersByProtocol: Joi.object()
    .pattern(Joi.string(), Joi.number().integer().min(1))
    .required()
    .unit('readers')
    .description('Number of readers by protocol'),
  restarts: count('restarts', 'How often it began anew in the last 10 minutes'),
  rttMs: measure('ms', 'Round-trip time of the publishing SRT connection'),
  latencyMs: measure('ms', 'Latency of the publishing SRT connection'),
  linkLossPercent: measure('%', 'Packets lost on the publishing SRT link over the last 30 s'),
  retransmitPercent: measure('%', 'Packets retransmitted on the publishing SRT link over the last 30 s'),
  unrecoveredPercent: measure('%', 'Packets SRT could not repair over the last 30 s'),
  last: Joi.object<LastLive>(last)
    .unknown(true)
    .allow(null)
    .description('What it was when it was last live, null while it is and where it never was'),
  expectedBy: oneOf(EXPECTED_BY, 'Why it is expected to be live now, null = it isn’t').allow(null).optional(),
  onDemand: Joi.boolean()
    .allow(null)
    .description('Whether it comes only while someone wants it, null = not known'),
  pull: Joi.object<Pull>(pull)
    .unknown(true)
    .allow(null)
    .description('How MediaMTX fetches it, null for streams that are published'),
  forwards: Joi.array()
    .items(Joi.object<Forward>(forward).unknown(true).description('A copy sent on to another server'))
    .allow(null)
    .description('Copies sent on to other servers, null = not known'),
} satisfies Record<keyof StreamRecord, Joi.Schema>;

/** One stream record; unknown fields are allowed, since newer collectors may add some. */
export const streamRecordSchema = Joi.object<StreamRecord>(fields)
  .unknown(true)
  .description('One stream: a MediaMTX path at one poll');
