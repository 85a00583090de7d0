import type { RecordFields } from '../tick/index.ts';
import { type Family, labelled } from './exposition.ts';

/** A value of a record, with the labels it has beside those of the record. */
export interface RecordSample {
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A metric of records. */
export interface RecordFamily {
  readonly type: 'counter' | 'gauge';
  readonly name: string;
  readonly help: string;
  /** What a record tells of it; nothing where that isn't known. */
  readonly samplesOf: (record: RecordFields) => readonly RecordSample[];
}

/** A record, and its labels as they are written. */
export interface LabelledRecord {
  readonly labels: string;
  readonly record: RecordFields;
}

/** As many as a number holds for sure: what comes after is only noise of the division. */
const SIGNIFICANT_DIGITS = 15;

/** A number in another unit; nothing where it isn't known. */
export function amount(value: unknown, divisor = 1): readonly RecordSample[] {
  if (typeof value !== 'number' || !Number.isFinite(value)) return [];
  return [{ value: divisor === 1 ? value : Number((value / divisor).toPrecision(SIGNIFICANT_DIGITS)) }];
}

/** That a word is true of it: 1, with the word for a label. */
export function labelSample(label: string, value: unknown): readonly RecordSample[] {
  return typeof value === 'string' ? [{ value: 1, labels: { [label]: value } }] : [];
}

/** The members of an object in a record; none where it is something else. */
export function fieldsOf(value: unknown): RecordFields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The objects in a list. */
export function itemsOf(value: unknown): readonly RecordFields[] {
  return listOf(value).map(fieldsOf);
}

/**
 * What is wrong, and how bad it is. The same may be wrong twice, as with a stream and with its publisher: then the worse
 * counts.
 */
export function reasonsIn(reasons: unknown): readonly Required<RecordSample>[] {
  const severities = new Map<string, string>();
  for (const { code, severity } of itemsOf(reasons)) {
    if (typeof code !== 'string' || typeof severity !== 'string') continue;
    if (severities.get(code) !== 'critical') severities.set(code, severity);
  }
  return [...severities].map(([reason, severity]) => ({ value: 1, labels: { reason, severity } }));
}

/** What a family tells of these records. */
export function familyOf(
  { type, name, help, samplesOf }: RecordFamily,
  records: readonly LabelledRecord[],
): Family {
  return { type, name, help, samples: samplesIn(samplesOf, records) };
}

/** One after the other, so that thousands needn't stand in memory. */
function* samplesIn(
  samplesOf: RecordFamily['samplesOf'],
  records: readonly LabelledRecord[],
): Generator<readonly [labels: string, value: number]> {
  for (const { labels: own, record } of records) {
    for (const { value, labels } of samplesOf(record)) {
      yield [labels === undefined ? own : `${own},${labelled(labels)}`, value];
    }
  }
}
