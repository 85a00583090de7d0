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
  'not-live': 'count',
  'source-down': 'count',
  'off-air': 'count',
  stalled: 'count',
  flapping: 'count',
  'frame-errors': 'decimal',
  'bitrate-low': 'decimal',
  'bitrate-high': 'decimal',
  'forward-failing': 'count',
  'reader-discards': 'count',
  'server-unreachable': 'count',
  'list-missing': 'count',
  'no-data': 'count',
};

/** Says what is wrong, with what was measured. */
export function reasonWords({ code, measured, limit }: Reason, texts: Texts, format: Format): string {
  // A code that a newer collector may send.
  if (!Object.hasOwn(UNITS, code)) return code;
  const write = format[UNITS[code]];
  return texts.reasons[code]({ measured: write(measured), limit: write(limit) });
}

/** What a reason is called where there are no numbers of it. */
export function plainReason(code: ReasonCode, texts: Texts): string {
  return texts.reasons[code]({ measured: '…', limit: '…' });
}

/** The same with what MediaMTX itself says of it, which is anybody's text. */
export function reasonTitle(reason: Reason, texts: Texts, format: Format): string {
  const words = reasonWords(reason, texts, format);
  return reason.detail == null || reason.detail === '' ? words : `${words}: ${reason.detail}`;
}
