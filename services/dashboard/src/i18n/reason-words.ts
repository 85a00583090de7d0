import type { Reason, ReasonCode } from '@mediamtx-monitor/types';
import type { Texts } from './en.ts';
import type { Format } from './format.ts';

type Unit = 'share' | 'percent' | 'decimal' | 'count';

const UNITS: Readonly<Record<ReasonCode, Unit>> = {
  'rtt-near-latency': 'share',
  'link-loss': 'percent',
  'unrecovered-loss': 'percent',
  'rtp-loss': 'percent',
  discards: 'decimal',
  'source-lost': 'count',
  stalled: 'count',
  flapping: 'count',
  'frame-errors': 'decimal',
  'bitrate-low': 'decimal',
  'bitrate-high': 'decimal',
  'reader-discards': 'count',
};

/** Says what is wrong, with what was measured. */
export function reasonWords({ code, measured, limit }: Reason, texts: Texts, format: Format): string {
  // A code that a newer collector may send.
  if (!Object.hasOwn(UNITS, code)) return code;
  const write = format[UNITS[code]];
  return texts.reasons[code]({ measured: write(measured), limit: write(limit) });
}
