import type { Reason, ReasonCode } from '@mediamtx-monitor/types';

/** What was measured and its limit, written already. */
export interface Measures {
  readonly measured: string;
  readonly limit: string;
}

type Unit = 'share' | 'percent' | 'decimal' | 'count';

/** Units of what is measured (docs/records.md); what isn't named is counted. */
const UNITS: ReadonlyMap<ReasonCode, Unit> = new Map([
  ['rtt-near-latency', 'share'],
  ['link-loss', 'percent'],
  ['unrecovered-loss', 'percent'],
  ['rtp-loss', 'percent'],
  ['discards', 'decimal'],
  ['frame-errors', 'decimal'],
  ['bitrate-low', 'decimal'],
  ['bitrate-high', 'decimal'],
  ['cpu-high', 'percent'],
  ['memory-high', 'percent'],
  ['disk-high', 'percent'],
]);

const UNKNOWN = '–';

/** Writes the numbers of a reason as people of a language do. */
export function measuresOf({ code, measured, limit }: Reason, locale: string): Measures {
  const unit = UNITS.get(code) ?? 'count';
  return { measured: written(measured, unit, locale), limit: written(limit, unit, locale) };
}

/** Writes how many there are of something. */
export function countText(count: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(count);
}

function written(value: number | null, unit: Unit, locale: string): string {
  if (value === null || !Number.isFinite(value)) return UNKNOWN;
  const short = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  switch (unit) {
    case 'share':
      return `${countText(value * 100, locale)} %`;
    case 'percent':
      return `${short.format(value)} %`;
    case 'decimal':
      return short.format(value);
    case 'count':
      return countText(value, locale);
  }
}
