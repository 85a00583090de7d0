/** What a figure is measured in; memory, sizes and the like are decimal. */
export type FigureUnit =
  'ms' | 'µs' | 'MB' | 'kB' | '%' | '% of a core' | '/s' | 'requests' | 'frames' | 'tasks';

/** What a figure should be: itself, or how many times what stands beside it. */
export interface Aim {
  readonly of: 'value' | 'ratio';
  readonly is: 'at most' | 'at least';
  readonly limit: number;
}

/** Something that is measured. */
export interface Figure {
  /** Of what, and in what circumstances. */
  readonly subject: string;
  readonly what: string;
  readonly unit: FigureUnit;
  /** What was measured beside it in the same run; the same unit. */
  readonly beside?: string;
  readonly aims: readonly Aim[];
}

/** What came out, in the figure's unit. */
export interface Reading {
  readonly value: number;
  /** The same of what stands beside it. */
  readonly beside?: number;
}

/** How many times what stands beside it; `null` where nothing does, or that is 0. */
export function ratioOf({ value, beside }: Reading): number | null {
  return beside === undefined || beside === 0 ? null : value / beside;
}

/** Whether the aim is met. A ratio that can't be had meets none. */
export function meets(reading: Reading, { of, is, limit }: Aim): boolean {
  const value = of === 'value' ? reading.value : ratioOf(reading);
  if (value === null || Number.isNaN(value)) return false;
  return is === 'at most' ? value <= limit : value >= limit;
}

/** A number with three figures that count, or all of those before the point. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.abs(value) >= 100 || value === 0 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  const [whole = '', decimals] = value.toFixed(digits).split('.');
  const grouped = whole.replaceAll(/(?<=\d)(?=(?:\d{3})+$)/g, ',');
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}

/** A value with its unit, as in `27.3 ms`. */
export function valueText(value: number, unit: FigureUnit): string {
  return `${numberText(value)}${unit.startsWith('/') ? '' : ' '}${unit}`;
}

/** An aim, as in `≤ 20 ms` or `≤ 2 ×`. */
export function aimText({ of, is, limit }: Aim, unit: FigureUnit): string {
  const sign = is === 'at most' ? '≤' : '≥';
  return `${sign} ${limit}${of === 'ratio' ? ' ×' : ` ${unit}`}`;
}
