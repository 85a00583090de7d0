import type { Reason, ReasonCode } from '@mediamtx-monitor/types';
import type { Formats } from './formats.ts';

/** What was measured and its limit, written already. */
export interface ReasonMeasures {
  readonly measured: string;
  readonly limit: string;
}

type MeasureUnit = 'share' | 'percent' | 'decimal' | 'count';

/** Units of what is measured (docs/records.md); what isn't named is counted. */
const UNITS: ReadonlyMap<ReasonCode, MeasureUnit> = new Map([
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
export function measuresOf({ code, measured, limit }: Reason, formats: Formats): ReasonMeasures {
  const unit = UNITS.get(code) ?? 'count';
  return { measured: written(measured, unit, formats), limit: written(limit, unit, formats) };
}

function written(value: number | null, unit: MeasureUnit, { whole, short }: Formats): string {
  if (value === null || !Number.isFinite(value)) return UNKNOWN;
  switch (unit) {
    case 'share':
      return `${whole.format(value * 100)} %`;
    case 'percent':
      return `${short.format(value)} %`;
    case 'decimal':
      return short.format(value);
    case 'count':
      return whole.format(value);
  }
}
