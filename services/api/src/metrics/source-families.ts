import { PROTOCOLS } from '@mediamtx-monitor/types';
import type { RecordFields } from '../tick/index.ts';
import { amount, itemsOf, fieldsOf, type RecordFamily, type RecordSample } from './record-families.ts';

/** States that MediaMTX has for static sources and forwards. */
const PULL_STATES = ['idle', 'running', 'error'];
const FORWARD_STATES = ['idle', 'forwarding', 'error'];
const OTHER = 'other';

/** Where MediaMTX itself connects to others: static sources and forwards, as far as it tells of them. */
export const SOURCE_FAMILIES: readonly RecordFamily[] = [
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

/** A word of MediaMTX's as a label: it may get new ones, and series are not to be made of whatever it says. */
function known(value: unknown, words: readonly string[]): string | null {
  if (typeof value !== 'string') return null;
  const word = value.toLowerCase();
  return words.includes(word) ? word : OTHER;
}
