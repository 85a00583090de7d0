import { PROTOCOLS } from '@mediamtx-monitor/types';
import type { RecordFields } from '../tick/index.ts';
import {
  amount,
  fieldsOf,
  itemsOf,
  labelSample,
  reasonsIn,
  type RecordFamily,
  type RecordSample,
} from './record-families.ts';

const MS_PER_SECOND = 1_000;
const PERCENT_PER_ONE = 100;

/** States that MediaMTX has for static sources and forwards. */
const PULL_STATES = ['idle', 'running', 'error'];
const FORWARD_STATES = ['idle', 'forwarding', 'error'];
const OTHER = 'other';

/** Of every stream, whether anything is known of it or not. */
export const JUDGEMENT_FAMILIES: readonly RecordFamily[] = [
  {
    type: 'gauge',
    name: 'mediamtx_monitor_stream_state',
    help: 'State the stream is in: always 1, and no series for the other states.',
    samplesOf: ({ state }) => labelSample('state', state),
  },
  {
    type: 'gauge',
    name: 'mediamtx_monitor_stream_health',
    help: 'Health of the stream: always 1, and no series for the other healths.',
    samplesOf: ({ health }) => labelSample('health', health),
  },
  {
    type: 'gauge',
    name: 'mediamtx_monitor_stream_expected',
    help: 'Whether the stream is expected to be live now: 1 or 0.',
    samplesOf: ({ expectedBy }) => (expectedBy === undefined ? [] : [{ value: Number(expectedBy !== null) }]),
  },
  {
    type: 'gauge',
    name: 'mediamtx_monitor_stream_last_live_timestamp_seconds',
    help: 'When a stream that is not live was last seen live (Unix time); no series where it never was.',
    samplesOf: ({ last }) => time(fieldsOf(last)['liveAt']),
  },
];

/** Where MediaMTX itself connects to others: static sources and forwards, as far as it tells of them. */
const SOURCE_FAMILIES: readonly RecordFamily[] = [
  {
    type: 'gauge',
    name: 'mediamtx_monitor_stream_pull_state',
    help: 'State of the static source: always 1, and no series for the others.',
    samplesOf: ({ pull }) => {
      const state = known(fieldsOf(pull)['state'], PULL_STATES);
      return state === null ? [] : [{ value: 1, labels: { state } }];
    },
  },
  {
    type: 'gauge',
    name: 'mediamtx_monitor_stream_forward_state',
    help: 'State of a forward, by its place in the configuration: always 1, and no series for the others.',
    samplesOf: ({ forwards }) =>
      ofForwards(forwards, (forward) => {
        const state = known(forward['state'], FORWARD_STATES);
        return state === null ? [] : [{ value: 1, labels: { state } }];
      }),
  },
  {
    type: 'counter',
    name: 'mediamtx_monitor_stream_forward_sent_bytes_total',
    help: 'Bytes that a forward has sent.',
    samplesOf: ({ forwards }) => ofForwards(forwards, ({ outboundBytes }) => amount(outboundBytes)),
  },
];

/** Of streams whose path list could be read. */
export const MEASURE_FAMILIES: readonly RecordFamily[] = [
  {
    type: 'gauge',
    name: 'mediamtx_monitor_stream_live',
    help: 'Whether the stream is live: 1 or 0.',
    samplesOf: ({ state }) => (typeof state === 'string' ? [{ value: Number(state === 'live') }] : []),
  },
  {
    type: 'gauge',
    name: 'mediamtx_monitor_stream_reason',
    help: 'What is wrong with the stream: always 1, and no series for what is not.',
    samplesOf: ({ reasons }) => reasonsIn(reasons),
  },
  {
    type: 'gauge',
    name: 'mediamtx_monitor_stream_state_since_timestamp_seconds',
    help: 'Since when the stream is in its state (Unix time).',
    samplesOf: ({ since }) => time(since),
  },
  counter('received_bytes_total', 'Media received from the current source.', 'bytesReceived'),
  counter('sent_bytes_total', 'Media sent to readers and forwards.', 'bytesSent'),
  counter('frames_in_error_total', 'Damaged frames received from the current source.', 'framesInError'),
  gauge('readers', 'Readers of the stream.', 'readers'),
  {
    type: 'gauge',
    name: 'mediamtx_monitor_stream_readers_by_protocol',
    help: 'Readers of the stream by protocol; no series for protocols without readers.',
    samplesOf: ({ readersByProtocol }) => readersIn(readersByProtocol),
  },
  gauge('recent_restarts', 'How often the stream began anew in the last 10 minutes.', 'restarts'),
  gauge('rtt_seconds', 'Round-trip time of the publishing SRT connection.', 'rttMs', MS_PER_SECOND),
  gauge('latency_seconds', 'Latency of the publishing SRT connection.', 'latencyMs', MS_PER_SECOND),
  gauge(
    'link_loss_ratio',
    'Packets lost on the publishing SRT link, over 30 s.',
    'linkLossPercent',
    PERCENT_PER_ONE,
  ),
  gauge(
    'retransmit_ratio',
    'Packets sent again on that link, over 30 s.',
    'retransmitPercent',
    PERCENT_PER_ONE,
  ),
  gauge(
    'unrecovered_ratio',
    'Packets SRT could not repair, over 30 s.',
    'unrecoveredPercent',
    PERCENT_PER_ONE,
  ),
  ...SOURCE_FAMILIES,
];

function counter(name: string, help: string, member: string): RecordFamily {
  return { ...gauge(name, help, member), type: 'counter' };
}

function gauge(name: string, help: string, member: string, divisor = 1): RecordFamily {
  return {
    type: 'gauge',
    name: `mediamtx_monitor_stream_${name}`,
    help,
    samplesOf: (record) => amount(record[member], divisor),
  };
}

function time(value: unknown): readonly RecordSample[] {
  return typeof value === 'string' ? amount(Date.parse(value), MS_PER_SECOND) : [];
}

function readersIn(counts: unknown): readonly RecordSample[] {
  if (typeof counts !== 'object' || counts === null) return [];
  return Object.entries(counts).flatMap(([protocol, value]) =>
    amount(value).map((sample) => ({ ...sample, labels: { protocol } })),
  );
}

/** What each forward tells; a place that stands twice would make two series of one. */
function ofForwards(
  forwards: unknown,
  samplesOf: (forward: RecordFields) => readonly RecordSample[],
): readonly RecordSample[] {
  const byPosition = new Map<number, RecordFields>();
  for (const forward of itemsOf(forwards)) {
    const { position } = forward;
    if (typeof position === 'number' && Number.isSafeInteger(position)) byPosition.set(position, forward);
  }
  return [...byPosition].flatMap(([position, forward]) => {
    const protocol = known(forward['protocol'], PROTOCOLS) ?? OTHER;
    const own = { position: String(position), protocol };
    return samplesOf(forward).map(({ value, labels }) => ({ value, labels: { ...own, ...labels } }));
  });
}

/** A text of MediaMTX's as a label: it may get new ones, and series are not to be made of whatever it says. */
function known(value: unknown, texts: readonly string[]): string | null {
  if (typeof value !== 'string') return null;
  const text = value.toLowerCase();
  return texts.includes(text) ? text : OTHER;
}
